import type { JwtPayload } from '@clerk/shared/types';

/** A token in the form of an ordinary session token. Nothing of it is verified yet. */
export interface OrdinaryToken {
  /** The token itself. */
  readonly text: string;
  readonly keyId: string;
  readonly claims: OrdinaryClaims;
  /** What the signature is over: header and claims, as they were sent. */
  readonly signed: string;
  readonly signature: Uint8Array;
}

export type OrdinaryClaims = JwtPayload & { readonly azp: string };

/** Of session tokens; those made from JWT templates, and those of machines, have others. `jwtCategories.ts` of `@clerk/backend`. */
const SESSION_CATEGORY = 'cl_B7d4PD111AAA';

/** The last second that a `Date` can tell, counted since 1970 (ECMA-262). */
const LAST_SECOND = 8_640_000_000_000;

/** As in Clerk's SDK, but for bytes that are no UTF-8. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a token if header and claims have the form of an ordinary session token: one that leaves Clerk's SDK (`decodeJwt`, `verifyJwt`
 * and `authenticateRequestWithTokenInHeader` of `@clerk/backend`) nothing to refuse but its time, its origin and its signature.
 * @returns undefined where it is anything else, good or bad.
 */
export type ReadOrdinaryToken = (text: string) => OrdinaryToken | undefined;

/** Reads a header once as long as the next one is the same: all tokens that an instance signs with one key share theirs. */
export function createReadOrdinaryToken(): ReadOrdinaryToken {
  let lastHeader: string | undefined;
  let lastKeyId = '';
  return (text) => {
    const [header = '', payload = '', signature, ...more] = text.split('.');
    if (signature === undefined || more.length > 0) return undefined;
    if (header !== lastHeader) {
      const keyId = keyIdOf(header);
      if (keyId === undefined) return undefined;
      // A copy: a part of a text keeps all of it, and this one is a token.
      [lastHeader, lastKeyId] = [Buffer.from(header).toString('latin1'), keyId];
    }
    const claims = objectIn(payload);
    const signatureBytes = bytesOf(signature);
    if (signatureBytes === undefined || !areOrdinary(claims)) return undefined;
    return {
      text,
      keyId: lastKeyId,
      claims,
      signed: text.slice(0, -1 - signature.length),
      signature: signatureBytes,
    };
  };
}

/** The key id in the header of an ordinary session token. */
function keyIdOf(header: string): string | undefined {
  const { alg, typ, cat, kid, crit } = objectIn(header);
  const ordinary =
    alg === 'RS256' &&
    (typ === 'JWT' || typ === undefined) &&
    cat === SESSION_CATEGORY &&
    // The SDK reads over extensions that must be understood (RFC 7515, 4.1.11). Clerk's tokens have none.
    crit === undefined;
  return ordinary && typeof kid === 'string' ? kid : undefined;
}

/**
 * The claims about the organization are typed as Clerk's SDK types them, and as little looked at: that is for Clerk's own parser. `iss`
 * may be anything, since the SDK does not compare it: whatever the instance's key has signed, and nothing else, is the instance's.
 */
function areOrdinary(claims: Fields): claims is OrdinaryClaims {
  const { sub, sid, azp, iat, nbf, exp, sts } = claims;
  return (
    typeof sub === 'string' &&
    // Not `mch_…`, whose tokens are a machine's.
    sub.startsWith('user_') &&
    isText(sid) &&
    isText(azp) &&
    isTime(iat) &&
    isTime(nbf) &&
    isTime(exp) &&
    (sts === undefined || sts === 'active')
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Whole seconds since 1970. Of others the SDK takes some, rounded or not compared at all. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LAST_SECOND;
}

/** The bytes of base64url without padding; undefined for every other spelling, of which Node takes many and the SDK some. */
function bytesOf(part: string): Uint8Array | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = {};

/** Nothing where there is no JSON object. */
function objectIn(part: string): Fields {
  const bytes = bytesOf(part);
  if (bytes === undefined) return NOTHING;
  try {
    const value: unknown = JSON.parse(UTF8.decode(bytes));
    return isObject(value) ? value : NOTHING;
  } catch {
    return NOTHING;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
