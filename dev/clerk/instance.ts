/** Name of the instance's Frontend API. It resolves nowhere: tokens carry it, nobody calls it. */
const FRONTEND_API_HOST = 'clerk.localhost.test';

/** `iss` of every token. The SDKs derive the same value from the publishable key. */
export const ISSUER = `https://${FRONTEND_API_HOST}`;

/** A production key: development keys send every page without cookies through a handshake. */
export const PUBLISHABLE_KEY = `pk_live_${Buffer.from(`${FRONTEND_API_HOST}$`).toString('base64url')}`;

/** The one secret key the Backend API accepts. It opens nothing but a local Clerk. */
export const SECRET_KEY = 'sk_live_local_clerk_opens_nothing_else';
