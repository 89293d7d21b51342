import type { MiddlewareHandler } from 'hono';
import { ClerkError } from '../errors';
import { SECRET_KEY } from '../instance';
import type { Env } from './context';

/** Lets only requests with the instance's secret key pass. The codes are the two that the SDKs look for. */
export const requireSecretKey: MiddlewareHandler<Env> = async (c, next) => {
  const key = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (key === undefined)
    throw new ClerkError(401, {
      code: 'authorization_header_format_invalid',
      message: 'Invalid Authorization header format',
      longMessage: "Invalid Authorization header format. Must be 'Bearer <YOUR_API_KEY>'",
    });
  if (key !== SECRET_KEY)
    throw new ClerkError(401, {
      code: 'clerk_key_invalid',
      message: 'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.',
    });
  await next();
};
