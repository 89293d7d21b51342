import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

// Cheap on purpose: a start hashes the seed, and nothing but a local password is at stake.
const COST = { N: 1024 };
const LENGTH = 32;

/** Salt and scrypt digest of a password, as the state keeps it. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${scryptSync(password, salt, LENGTH, COST).toString('base64url')}`;
}

/** Whether `password` is the one that `hash` was made from. */
export function isPassword(password: string, hash: string): boolean {
  const [salt = '', digest = ''] = hash.split('.').map((part) => Buffer.from(part, 'base64url'));
  return (
    digest.length === LENGTH && timingSafeEqual(Buffer.from(digest), scryptSync(password, salt, LENGTH, COST))
  );
}
