/** What every peer is told, by the same variables as the gateway. */
const { env } = process;

/** Public key of the instance, in PEM form: no token costs a network call. */
export const jwtKey = env.CLERK_JWT_KEY;

/** Origins whose tokens are accepted (claim `azp`). */
export const authorizedParties = [env.GATEWAY_URL];

export const secretKey = env.CLERK_SECRET_KEY;

/** Base URL of Clerk's Backend API, without /v1. */
export const apiUrl = env.CLERK_API_URL;

export const supabase = { url: env.SUPABASE_URL, anonKey: env.SUPABASE_ANON_KEY };

/** Where a peer listens that is a program of its own. */
export const address = { port: Number(env.PORT), host: env.HOSTNAME };
