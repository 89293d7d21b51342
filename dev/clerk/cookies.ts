import { createHash } from 'node:crypto';
import { PUBLISHABLE_KEY } from './instance';

/** Ending of the cookies of this instance, so that several instances can share a host. */
export const COOKIE_SUFFIX = createHash('sha1').update(PUBLISHABLE_KEY).digest('base64url').slice(0, 8);

/** Without `Domain` and, since http://localhost is no https, without `Secure`. */
const ATTRIBUTES = 'Path=/; SameSite=Lax';

const YEAR_SECONDS = 31_536_000;

/** Long enough for the one request that follows the handshake. */
const HANDSHAKE_SECONDS = 60;

/** Both names of a cookie that instances on one host must not share. */
function namesOf(cookie: string): [string, string] {
  return [`${cookie}_${COOKIE_SUFFIX}`, cookie];
}

/** Names of the cookie that tells when a session of the browser last began or ended. */
export const CLIENT_UAT_COOKIES = namesOf('__client_uat');

/** The cookie that stands for a browser, and that no script may read. */
export const CLIENT_COOKIE = '__client';

/** `Set-Cookie` values that put a session token into the browser, under both of its names. */
export function sessionCookies(jwt: string): string[] {
  return namesOf('__session').map((name) => `${name}=${jwt}; ${ATTRIBUTES}`);
}

/** `Set-Cookie` values that take the session token out of the browser. */
export function noSessionCookies(): string[] {
  return namesOf('__session').map((name) => `${name}=; ${ATTRIBUTES}; Max-Age=0`);
}

/** @param seconds since 1970; 0 for a browser that is signed out. */
export function clientUatCookies(seconds: number): string[] {
  return CLIENT_UAT_COOKIES.map((name) => `${name}=${seconds}; ${ATTRIBUTES}; Max-Age=${YEAR_SECONDS}`);
}

/** `Set-Cookie` value that makes the browser the client with that token. */
export function clientCookie(token: string): string {
  return `${CLIENT_COOKIE}=${token}; ${ATTRIBUTES}; HttpOnly; Max-Age=${YEAR_SECONDS}`;
}

/** `Set-Cookie` value that carries the result of a handshake. */
export function handshakeCookie(jwt: string): string {
  return `__clerk_handshake=${jwt}; ${ATTRIBUTES}; HttpOnly; Max-Age=${HANDSHAKE_SECONDS}`;
}

/** `Set-Cookie` value that ends a handshake. */
export function noHandshakeCookie(): string {
  return `__clerk_handshake=; ${ATTRIBUTES}; HttpOnly; Max-Age=0`;
}
