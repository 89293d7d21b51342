import { Hono } from 'hono';
import type { Instance } from '../backend/context';
import { answerError, answerNotImplemented } from '../error-answers';
import { bundles } from './bundles';
import type { FrontendEnv } from './context';
import { clients } from './endpoints/client';
import { handshake } from './endpoints/handshake';
import { me } from './endpoints/me';
import { organizations } from './endpoints/organizations';
import { sessions } from './endpoints/sessions';
import { signIns } from './endpoints/sign-ins';
import { signUps } from './endpoints/sign-ups';
import { environmentJson } from './environment';
import { withIntendedMethod } from './method';
import { requireOrigin } from './origin';
import { syncCookies } from './sync-cookies';

/** Clerk's Frontend API under `path`, as far as clerk-js and its components need it, and the two bundles. */
export function frontendApi(path: string, instance: Instance): (request: Request) => Promise<Response> {
  const v1 = new Hono<FrontendEnv>()
    .use(async (c, next) => {
      await next();
      c.header('cache-control', 'no-store');
    })
    .use(requireOrigin(instance.appUrl))
    .use(syncCookies(instance.store))
    .get('/environment', (c) => c.json(environmentJson(instance.appUrl)))
    .route('/client', clients(instance))
    .route('/client', handshake(instance))
    .route('/client/sessions', sessions(instance))
    .route('/client/sign_ins', signIns(instance))
    .route('/client/sign_ups', signUps(instance))
    .route('/me', me(instance))
    .route('/organizations', organizations(instance));
  const app = new Hono<FrontendEnv>().basePath(path).route('/npm/@clerk', bundles()).route('/v1', v1);
  app.notFound(answerNotImplemented);
  app.onError(answerError);
  return async (request) => app.fetch(await withIntendedMethod(request));
}
