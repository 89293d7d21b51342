import { Hono } from 'hono';
import { z } from 'zod';
import { ClerkError, notFound } from '../errors';
import { newId, randomText } from '../ids';
import { ISSUER } from '../instance';
import { readBody } from '../request';
import { signInTokenJson } from '../serialize/session';
import type { SignInToken } from '../state';
import type { Env, Instance } from './context';

const THIRTY_DAYS = 2_592_000;
const HOUR = 3600;

const NewSignInTokenSchema = z.strictObject({
  user_id: z.string(),
  expires_in_seconds: z.int().min(1).nullish(),
});

/** `/v1/sign_in_tokens`: tickets that sign a user in without a password. */
export function signInTokens({ store, signer, appUrl }: Instance): Hono<Env> {
  return new Hono<Env>()
    .post('/', async (c) => {
      const { user_id: userId, expires_in_seconds } = await readBody(c, NewSignInTokenSchema);
      if (!store.state.users.some(({ id }) => id === userId)) throw notFound('user', userId);
      const id = newId('sit');
      const now = Date.now();
      const expiresAt = now + (expires_in_seconds ?? THIRTY_DAYS) * 1000;
      const signInToken: SignInToken = {
        id,
        userId,
        // Without `sub` no SDK takes the ticket for a session.
        token: await signer.sign({
          iss: ISSUER,
          sid: id,
          st: 'sign_in_token',
          exp: Math.floor(expiresAt / 1000),
        }),
        status: 'pending',
        expiresAt,
        createdAt: now,
        updatedAt: now,
      };
      store.apply({ type: 'signInToken.created', signInToken });
      return c.json(signInTokenJson(signInToken, appUrl));
    })
    .post('/:id/revoke', (c) => {
      const id = c.req.param('id');
      const found = store.state.signInTokens.find((candidate) => candidate.id === id);
      if (found === undefined) throw notFound('sign-in token', id);
      if (found.status !== 'pending')
        throw new ClerkError(400, {
          code: 'sign_in_token_cannot_be_revoked',
          message: 'cannot revoke',
          longMessage: `Sign-in token is ${found.status}. Only pending ones can be revoked.`,
        });
      const signInToken: SignInToken = { ...found, status: 'revoked', updatedAt: Date.now() };
      store.apply({ type: 'signInToken.updated', signInToken });
      return c.json(signInTokenJson(signInToken, appUrl));
    });
}

/** `/v1/testing_tokens`: they turn off bot detection, which the local Clerk has none of. */
export function testingTokens(): Hono<Env> {
  return new Hono<Env>().post('/', (c) => {
    const now = Math.floor(Date.now() / 1000);
    return c.json({
      object: 'testing_token',
      token: `${now}-c_${randomText(27)}`,
      expires_at: now + HOUR,
    });
  });
}
