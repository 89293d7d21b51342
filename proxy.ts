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
  // Pages and /__clerk; neither the API nor files.
  matcher: ['/((?!api/|_next/|.*\\.[\\w]+$).*)', '/__clerk/(.*)'],
};
