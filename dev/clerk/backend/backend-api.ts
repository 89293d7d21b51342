import { Hono } from 'hono';
import type { Env, Instance } from './context';
import { machineTokens } from './machine-tokens';
import { organizations } from './organizations';
import { requireSecretKey } from './secret-key';
import { sessionTokens } from './session-tokens';
import { sessions } from './sessions';
import { signInTokens, testingTokens } from './tickets';
import { users } from './users';

/** Clerk's Backend API, as far as the SDKs need it. All of it needs the secret key. */
export function backendApi(instance: Instance): Hono<Env> {
  const v1 = new Hono<Env>()
    .use(requireSecretKey)
    .get('/jwks', (c) => c.json({ keys: [instance.signer.publicJwk] }))
    .route('/users', users(instance))
    .route('/organizations', organizations(instance))
    .route('/sessions', sessions(instance))
    .route('/sessions', sessionTokens(instance))
    .route('/sign_in_tokens', signInTokens(instance))
    .route('/testing_tokens', testingTokens())
    .route('/', machineTokens(instance));
  const withoutVersion = new Hono<Env>()
    .use('/api_keys/*', requireSecretKey)
    .use('/m2m_tokens/*', requireSecretKey)
    .use('/oauth_applications/*', requireSecretKey)
    .route('/', machineTokens(instance));
  return new Hono<Env>().route('/v1', v1).route('/', withoutVersion);
}
