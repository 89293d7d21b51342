import { verifyToken } from '@clerk/backend';
import { authorizedParties, jwtKey } from './config.mjs';

/** Verifies a session token as Clerk's documentation says, without the network. Rejects where it is refused. */
export function verify(token) {
  return verifyToken(token, { jwtKey, authorizedParties });
}
