import { type GatewayConfig, isHttpsSite } from '../gateway';

type PolicyConfig = Pick<GatewayConfig, 'clerk' | 'url' | 'development'>;

/** Where Clerk's protection against bots runs, for instances that have it switched on. */
const CLERK_PROTECT = 'https://*.protect.clerk.com';

/** The challenge that Clerk shows to whom it takes for a bot. */
const CLERK_CHALLENGE = 'https://challenges.cloudflare.com';

/** What pages may load, run and call. Scripts run with the nonce of this load only, and so do those that they load. */
export function contentSecurityPolicy(nonce: string, config: PolicyConfig): string {
  const { clerk, development } = config;
  // The browser reaches the local Clerk through our own origin.
  const clerkHost = clerk.frontendApiUrl === undefined ? frontendApiHost(clerk.publishableKey) : undefined;
  const real = clerkHost !== undefined;
  const directives = [
    ["default-src 'self'"],
    // React rebuilds stacks of the server's errors with eval in development, and there only.
    [`script-src 'nonce-${nonce}' 'strict-dynamic'`, development && "'unsafe-eval'"],
    // Monaco, GraphiQL's editor, makes style elements and writes HTML with style attributes. A page that was left without a
    // new load keeps its policy, so that GraphiQL's is everybody's.
    ["style-src 'self' 'unsafe-inline'"],
    ["img-src 'self' data: blob: https://img.clerk.com"],
    // GraphiQL's style sheet holds its fonts.
    ["font-src 'self' data:"],
    ["connect-src 'self'", real && `https://${clerkHost} ${CLERK_PROTECT}`, development && 'ws:'],
    // clerk-js makes a worker from a blob, in which the clock runs that renews tokens.
    ["worker-src 'self' blob:"],
    [real ? `frame-src ${CLERK_CHALLENGE} ${CLERK_PROTECT}` : "frame-src 'none'"],
    ["object-src 'none'"],
    ["base-uri 'none'"],
    ["form-action 'self'"],
    ["frame-ancestors 'none'"],
    [isHttpsSite(config) && 'upgrade-insecure-requests'],
  ];
  return directives
    .map((parts) => parts.filter(Boolean).join(' '))
    .filter((directive) => directive !== '')
    .join('; ');
}

/** The publishable key holds the host of the instance's Frontend API. Read as a URL, so that nothing else gets in. */
function frontendApiHost(publishableKey: string): string {
  const host = atob(publishableKey.replace(/^pk_(live|test)_/, '')).replace(/\$$/, '');
  return new URL(`https://${host}`).host;
}
