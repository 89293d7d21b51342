import { randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 27;

/** Random letters and digits, hard to guess. */
export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A new id in Clerk's form: the prefix, an underscore and 27 letters or digits. */
export function newId(prefix: string): string {
  return `${prefix}_${randomText(LENGTH)}`;
}
