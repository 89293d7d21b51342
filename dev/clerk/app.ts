import { Hono, type MiddlewareHandler } from 'hono';
import { CONTROL_PATH, type Control } from '../control';
import { backendApi } from './backend/backend-api';
import type { Env, Instance } from './backend/context';
import { answerError, answerNotImplemented } from './error-answers';
import { frontendApi } from './frontend/frontend-api';

/** Where the Frontend API is mounted, beside the Backend API. */
const FRONTEND_PATH = '/fapi';

/** The HTTP side of a local Clerk. @param limit refuses requests to the Backend API that are too many. */
export function createApp(instance: Instance, control: Control, limit?: MiddlewareHandler<Env>): Hono<Env> {
  const frontend = frontendApi(FRONTEND_PATH, instance);
  // The control endpoints come before the limit: a test must reach them whatever else happens.
  const app = new Hono<Env>()
    .use(control.middleware())
    .route(CONTROL_PATH, control.routes())
    .all(`${FRONTEND_PATH}/*`, (c) => frontend(c.req.raw));
  if (limit !== undefined) app.use(limit);
  app.route('/', backendApi(instance));
  app.notFound(answerNotImplemented);
  app.onError(answerError);
  return app;
}
