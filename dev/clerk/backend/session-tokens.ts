import { Hono } from 'hono';
import { z } from 'zod';
import { sessionCookies } from '../cookies';
import { ClerkError, notFound } from '../errors';
import { findSession } from '../queries';
import { readBody } from '../request';
import type { Session } from '../state';
import type { Env, Instance } from './context';

/** Clerk's own limits of a token's life, in seconds. */
const TokenSchema = z.strictObject({
  expires_in_seconds: z.int().min(30).max(315_360_000).nullish(),
});

const RefreshSchema = z.looseObject({
  expired_token: z.string(),
  refresh_token: z.string(),
  format: z.literal('cookie', 'the local Clerk refreshes into cookies only'),
});

/** `/v1/sessions/:id/tokens` and `/v1/sessions/:id/refresh` */
export function sessionTokens({ store, signer, tokens }: Instance): Hono<Env> {
  function liveSession(id: string): Session {
    const session = findSession(store.state, id);
    if (session === undefined || !['active', 'pending'].includes(session.status))
      throw notFound('session', id);
    return session;
  }

  return new Hono<Env>()
    .post('/:id/tokens/:template?', async (c) => {
      const { expires_in_seconds } = await readBody(c, TokenSchema);
      const jwt = await tokens.issue(liveSession(c.req.param('id')), {
        template: c.req.param('template'),
        ttl: expires_in_seconds ?? undefined,
      });
      return c.json({ object: 'token', jwt });
    })
    .post('/:id/refresh', async (c) => {
      const { expired_token, refresh_token } = await readBody(c, RefreshSchema);
      const session = findSession(store.state, c.req.param('id'));
      if (session?.status !== 'active' || session.refreshToken !== refresh_token) throw refusedRefresh();
      const claims = await signer.open(expired_token);
      if (claims?.sid !== session.id) throw refusedRefresh();
      return c.json({ object: 'cookies', cookies: sessionCookies(await tokens.issue(session)) });
    });
}

/** 401 sends the SDKs on to the handshake. */
function refusedRefresh(): ClerkError {
  return new ClerkError(401, { code: 'refresh_token_invalid', message: 'The session cannot be refreshed' });
}
