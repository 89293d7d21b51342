import type { GatewayConfig } from './env';

/** Headers of every response, of pages and of the API alike. */
export const FIXED_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  // Not `same-origin`: Clerk may open the window of an identity provider, and waits for its answer.
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** A year: what browsers take for long enough to put a site on their lists. */
const HSTS_SECONDS = 31_536_000;

type SiteConfig = Pick<GatewayConfig, 'url'>;

/** Whether the site is known to be served with https. */
export function isHttpsSite({ url }: SiteConfig): boolean {
  return url?.startsWith('https:') ?? false;
}

/** Headers that hold for an https site only, for pages and for the API alike. */
export function transportHeaders(config: SiteConfig): Readonly<Record<string, string>> {
  return isHttpsSite(config) ? { 'strict-transport-security': `max-age=${HSTS_SECONDS}` } : {};
}

/** What every answer of the API carries: it is data for one caller, and no browser shows it as a page. */
export function answerHeaders(config: SiteConfig): Readonly<Record<string, string>> {
  return {
    ...FIXED_HEADERS,
    ...transportHeaders(config),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    // For caches that keep it all the same: what an answer depends on besides the address and the body.
    vary: 'Origin, Authorization, Cookie, Accept',
  };
}
