import { Hono, type MiddlewareHandler } from 'hono';
import { CONTROL_PATH, type Control } from '../control';
import { backendApi } from './backend/backend-api';
import type { Env, Instance } from './backend/context';
import { ClerkError, notImplemented } from './errors';

/** The HTTP side of a local Clerk. @param limit refuses requests that are too many. */
export function createApp(instance: Instance, control: Control, limit?: MiddlewareHandler<Env>): Hono<Env> {
  // The control endpoints come before the limit: a test must reach them whatever else happens.
  const app = new Hono<Env>().use(control.middleware()).route(CONTROL_PATH, control.routes());
  if (limit !== undefined) app.use(limit);
  app.route('/', backendApi(instance));
  app.notFound((c) => notImplemented(c.req.method, c.req.path).toResponse());
  app.onError((error) => {
    if (error instanceof ClerkError) return error.toResponse();
    console.error('Local Clerk:', error);
    return new ClerkError(500, { code: 'internal_clerk_error', message: String(error) }).toResponse();
  });
  return app;
}
