import type { MiddlewareHandler } from 'hono';
import { ClerkError } from '../errors';
import type { FrontendEnv } from './context';

/** Refuses changes that another origin's page asks for: cookies go along with those too. */
export function requireOrigin(appUrl: string): MiddlewareHandler<FrontendEnv> {
  const { origin } = new URL(appUrl);
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && c.req.header('origin') !== origin)
      throw new ClerkError(400, {
        code: 'origin_invalid',
        message: 'Invalid HTTP Origin header',
        longMessage: `The Origin header must be ${origin}, the application's`,
      });
    await next();
  };
}
