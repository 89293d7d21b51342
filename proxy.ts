import { clerkMiddleware } from '@clerk/nextjs/server';
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './app/content-security-policy';
import { SIGN_IN_PATH, SIGN_UP_PATH } from './app/paths';
import { processConfig, transportHeaders } from './gateway';

/**
 * Keeps the sessions of pages fresh, gives each load of a page its policy, and passes the browser's calls to a local Clerk
 * on. The endpoint is left out: the gateway authenticates its requests itself, and its answers have their own headers.
 */
export default async function proxy(request: NextRequest, event: NextFetchEvent) {
  const config = processConfig();
  const { jwtKey, frontendApiUrl } = config.clerk;
  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy(nonce, config);

  // Clerk's own policy would be an option here, but always allows inline scripts, and Stripe and Google besides.
  const pages = clerkMiddleware((_auth, { headers }) => NextResponse.next(tellPage(headers, nonce, policy)), {
    ...(jwtKey === undefined ? {} : { jwtKey }),
    signInUrl: SIGN_IN_PATH,
    signUpUrl: SIGN_UP_PATH,
    frontendApiProxy: { enabled: frontendApiUrl !== undefined },
  });

  const response = await pages(request, event);
  response?.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(transportHeaders(config))) response?.headers.set(name, value);
  return response;
}

/** Next reads the nonce for its scripts out of the request's policy, and ClerkProvider out of a header of its own. */
function tellPage(sent: Headers, nonce: string, policy: string) {
  const headers = new Headers(sent);
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  return { request: { headers } };
}

export const config = {
  // Everything but the gateway and built files. A page that is left out would believe the headers in which the proxy tells
  // who is signed in, whoever sent them.
  matcher: [
    '/((?!api/graphql$|api/webhooks/clerk$|api/health/live$|api/health/ready$|_next/static/|_next/image$).*)',
  ],
};
