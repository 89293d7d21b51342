import { GatehouseError } from '../errors/gatehouse-error';
import type { GatewayConfig } from './env';
import type { HeaderReader } from './header-reader';

type OriginConfig = Pick<GatewayConfig, 'url' | 'origins'>;

/** What a browser says of a request it sends for the page itself, or for the person at the address bar. */
const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Refuses browsers that call for a page elsewhere, so that no other site can act for a visitor who is signed in
 * here. Callers that are no browsers send neither header.
 * @throws {GatehouseError} `FORBIDDEN`.
 */
export function checkOrigin(headers: HeaderReader, config: OriginConfig): void {
  const origin = headers.get('origin');
  // Not every cross-site request names its origin: an image or a link does not.
  const site = headers.get('sec-fetch-site');
  const allowed =
    origin === null
      ? site === null || OWN_SITES.has(site) || headers.get('authorization') !== null
      : isAllowedOrigin(origin, headers, config);
  if (!allowed)
    throw new GatehouseError('FORBIDDEN', 'This origin may not call this API.', { requires: 'origin' });
}

/** What lets an allowed origin read an answer. Others get nothing of it, and no answer tells which ones are allowed. */
export function corsHeaders(headers: HeaderReader, config: OriginConfig): Readonly<Record<string, string>> {
  const origin = headers.get('origin');
  if (origin === null || !isAllowedOrigin(origin, headers, config)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-expose-headers': 'x-request-id, retry-after, ratelimit, ratelimit-policy',
    'access-control-max-age': '600',
  };
}

/**
 * Whether a browser may call from an origin: our own, or one of the configured. Browsers do not let a page choose
 * `Host` or `Origin`, so a page elsewhere cannot pass for ours. The opaque origin `null` is nobody's.
 */
export function isAllowedOrigin(origin: string, headers: HeaderReader, config: OriginConfig): boolean {
  return config.origins.includes(origin) || isOwnOrigin(origin, headers, config);
}

/**
 * Origins whose tokens (`azp`) are accepted, by the request; none where the configuration names no origin at all: then any is. It is one
 * and the same list wherever the request has no say in it.
 */
export function authorizedPartiesOf({
  url,
  origins,
}: OriginConfig): (headers: HeaderReader) => readonly string[] {
  if (url !== undefined) {
    const configured = [url, ...origins];
    return () => configured;
  }
  if (origins.length === 0) return () => origins;
  return (headers) => {
    const host = publicHost(headers);
    return host === null ? origins : [`https://${host}`, `http://${host}`, ...origins];
  };
}

function isOwnOrigin(origin: string, headers: HeaderReader, { url }: OriginConfig): boolean {
  if (url !== undefined) return origin === url;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === publicHost(headers);
}

/** The host that the browser sees, as far as the request tells. Behind a proxy it is the forwarded one. */
function publicHost(headers: HeaderReader): string | null {
  return headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? headers.get('host');
}
