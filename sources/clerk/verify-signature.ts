import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Keys that stay imported: an instance signs with one, and with another after it was changed. */
const MAX_KEYS = 8;

/** An RSA key of 2048 bits with the exponent 65537 (RFC 8017), as DER in base64. What is between is the modulus. */
const KEY =
  /^-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA([A-Za-z0-9+/]{342})IDAQAB-----END PUBLIC KEY-----$/;

/**
 * Whether a signature (RS256: RFC 7518, 3.3) over a text was made with the private half of a key.
 * @param pem the public key. False where it is not of the one kind that Clerk's SDK can read.
 */
export type VerifySignature = (signed: string, signature: Uint8Array, pem: string) => boolean;

/** Imports each key once: that takes longer than to verify. */
export function createVerifySignature(): VerifySignature {
  const keys = new LRUCache<string, KeyObject>({ max: MAX_KEYS });
  return (signed, signature, pem) => {
    const key = keys.get(pem) ?? importKey(pem);
    if (key === undefined) return false;
    keys.set(pem, key);
    return verify('RSA-SHA256', Buffer.from(signed), key, signature);
  };
}

/**
 * The same key as Clerk's SDK makes of the text (`loadClerkJwkFromPem` of `@clerk/backend`): it cuts off what such keys have in common,
 * and takes the rest for the modulus. Where that would leave anything else, there is no key.
 */
function importKey(pem: string): KeyObject | undefined {
  const modulus = KEY.exec(pem.replace(/\r\n|\n|\r/g, ''))?.[1];
  // The SDK would cut at the first place that looks like the exponent.
  if (modulus === undefined || modulus.includes('IDAQAB')) return undefined;
  const n = modulus.replaceAll('+', '-').replaceAll('/', '_');
  return createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
}
