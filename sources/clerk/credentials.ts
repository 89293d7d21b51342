/** The tokens a request brings along, unverified. */
export type Credentials =
  | { readonly kind: 'none' }
  /** An `Authorization` header, whatever is in it. */
  | { readonly kind: 'authorization'; readonly header: string }
  /** Clerk's session cookies: names and values as sent. */
  | { readonly kind: 'cookies'; readonly header: string; readonly tokens: readonly string[] };

/** Clerk's cookies, with or without the suffix that tells apart the instances on one domain. */
const SESSION_COOKIE = /^__session(?:_[\w-]+)?$/;
const CLIENT_UAT_COOKIE = /^__client_uat(?:_[\w-]+)?$/;

/** RFC 6750: one token of these characters. The scheme's name knows no case (RFC 9110). */
const BEARER = /^bearer +([\w\-.~+/]+=*)$/i;
const SCHEME = 'bearer';
const BARE_TOKEN = /^[\w\-.~+/]+=*$/;

/** Reads the credentials of a request. A header wins over cookies, whatever is in it. */
export function readCredentials(headers: Pick<Headers, 'get'>): Credentials {
  const authorization = headers.get('authorization') ?? '';
  return authorization === ''
    ? fromCookies(headers.get('cookie') ?? '')
    : { kind: 'authorization', header: authorization };
}

/** The bearer token of an `Authorization` header; undefined where it has none. Clerk's SDKs also take one without a scheme. */
export function bearerToken(authorization: string): string | undefined {
  const token = BEARER.exec(authorization)?.[1] ?? BARE_TOKEN.exec(authorization)?.[0];
  return token?.length === SCHEME.length && token.toLowerCase() === SCHEME ? undefined : token;
}

function fromCookies(header: string): Credentials {
  const session: string[] = [];
  const others: string[] = [];
  const tokens: string[] = [];
  for (const part of header.split(';')) {
    const cookie = part.trim();
    const separator = cookie.indexOf('=');
    const name = cookie.slice(0, Math.max(separator, 0));
    const value = cookie.slice(separator + 1);
    if (SESSION_COOKIE.test(name) && value !== '') {
      session.push(cookie);
      tokens.push(value);
    } else if (CLIENT_UAT_COOKIE.test(name)) others.push(cookie);
  }
  return tokens.length === 0
    ? { kind: 'none' }
    : { kind: 'cookies', header: [...session, ...others].join('; '), tokens };
}
