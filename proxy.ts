import { clerkMiddleware } from '@clerk/nextjs/server';
import { SIGN_IN_PATH, SIGN_UP_PATH } from './app/paths';
import { processConfig } from './gateway';

/**
 * Keeps the sessions of pages fresh, and passes the browser's calls to a local Clerk on. The endpoint is left out: the
 * gateway authenticates its requests itself.
 */
export default clerkMiddleware(
  () => {},
  () => {
    const { jwtKey, frontendApiUrl } = processConfig().clerk;
    return {
      ...(jwtKey === undefined ? {} : { jwtKey }),
      signInUrl: SIGN_IN_PATH,
      signUpUrl: SIGN_UP_PATH,
      frontendApiProxy: { enabled: frontendApiUrl !== undefined },
    };
  },
);

export const config = {
  // Everything but the gateway and built files. A page that is left out would believe the headers in which the proxy tells
  // who is signed in, whoever sent them.
  matcher: [
    '/((?!api/graphql$|api/webhooks/clerk$|api/health/live$|api/health/ready$|_next/static/|_next/image$).*)',
  ],
};
