import type { GatewayConfig } from './env';

type OriginConfig = Pick<GatewayConfig, 'url' | 'origins'>;

/**
 * Whether a browser may call from an origin: our own, or one of the configured. Browsers do not let a page choose
 * `Host` or `Origin`, so a page elsewhere cannot pass for ours. The opaque origin `null` is nobody's.
 */
export function isAllowedOrigin(origin: string, headers: Headers, config: OriginConfig): boolean {
  return config.origins.includes(origin) || isOwnOrigin(origin, headers, config);
}

/** Origins whose tokens (`azp`) are accepted; none where the configuration names no origin at all: then any is. */
export function authorizedParties(headers: Headers, { url, origins }: OriginConfig): string[] {
  if (url !== undefined) return [url, ...origins];
  if (origins.length === 0) return [];
  const host = publicHost(headers);
  return host === null ? [...origins] : [`https://${host}`, `http://${host}`, ...origins];
}

function isOwnOrigin(origin: string, headers: Headers, { url }: OriginConfig): boolean {
  if (url !== undefined) return origin === url;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === publicHost(headers);
}

/** The host that the browser sees, as far as the request tells. Behind a proxy it is the forwarded one. */
function publicHost(headers: Headers): string | null {
  return headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? headers.get('host');
}
