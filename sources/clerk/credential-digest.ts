import { hash } from 'node:crypto';

/**
 * What stands for credentials, so that no token is kept with what is known of it.
 * @param credentials as they were sent: a header, or the cookies that are judged together.
 */
export type DigestOf = (credentials: string) => string;

/** Nothing is put before the credentials: a text of that length would be made for each request. */
export const digestOf: DigestOf = (credentials) => hash('sha256', credentials, 'base64url');

/**
 * For one connection, whose requests mostly bring the same credentials again: to compare them takes a fraction of a digest. It keeps those
 * of the last request, as Node keeps that request itself.
 */
export function digestOfLast(): DigestOf {
  let last = { credentials: '', digest: digestOf('') };
  return (credentials) => {
    if (credentials !== last.credentials) last = { credentials, digest: digestOf(credentials) };
    return last.digest;
  };
}
