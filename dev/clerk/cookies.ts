import { createHash } from 'node:crypto';
import { PUBLISHABLE_KEY } from './instance';

/** Ending of the cookies of this instance, so that several instances can share a host. */
export const COOKIE_SUFFIX = createHash('sha1').update(PUBLISHABLE_KEY).digest('base64url').slice(0, 8);

/** `Set-Cookie` values that put a session token into the browser, under both of its names. */
export function sessionCookies(jwt: string): string[] {
  return [`__session_${COOKIE_SUFFIX}`, '__session'].map((name) => `${name}=${jwt}; Path=/; SameSite=Lax`);
}
