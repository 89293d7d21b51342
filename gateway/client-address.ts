import type { HeaderReader } from './header-reader';

/**
 * Address of the client, as far as it can be trusted. Each proxy of ours adds the address that it was called from to the
 * end of `X-Forwarded-For`; whatever stands before those may be made up by the client.
 *
 * @param peer the other end of the connection, where the server says.
 * @param trustedProxies how many proxies of ours stand in front.
 * @returns null where it is not known for certain.
 */
export function clientAddress(
  headers: HeaderReader,
  peer: string | undefined,
  trustedProxies: number,
): string | null {
  if (trustedProxies === 0) return peer ?? null;
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').flatMap((part) => part.trim() || []);
  return forwarded.at(-trustedProxies) ?? null;
}
