import { clerkMiddleware } from '@clerk/nextjs/server';
import { authorizedParties, jwtKey } from '../shared/config.mjs';

// Both as Clerk's documentation advises: verification without the network, and only tokens of this application.
export default clerkMiddleware({ jwtKey, authorizedParties });

// Clerk's own pattern for handlers. `/floor` is out of it.
export const config = { matcher: ['/(api|trpc)(.*)'] };
