import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Instance } from '../../backend/context';
import { notFound } from '../../errors';
import { newId } from '../../ids';
import { isPassword } from '../../passwords';
import { findUser } from '../../queries';
import { readForm } from '../../request';
import type { User } from '../../state';
import { answer } from '../answer';
import { beginSession, currentClient, ensureClient } from '../clients';
import type { FrontendEnv } from '../context';
import { formError } from '../errors';
import { completeSignInJson, pendingSignInJson } from '../serialize/sign-in';
import { refuseSecondSession } from '../single-session';
import { acceptTicket } from '../tickets';

const NewSignInSchema = z.union([
  z.object({ strategy: z.literal('ticket'), ticket: z.string() }),
  z.object({
    strategy: z.literal('password').optional(),
    identifier: z.string(),
    password: z.string().optional(),
  }),
]);

const FirstFactorSchema = z.object({ strategy: z.literal('password'), password: z.string() });

/** `/v1/client/sign_ins`: by email address and password, or by ticket. */
export function signIns(instance: Instance): Hono<FrontendEnv> {
  const { store } = instance;

  function complete(c: Context<FrontendEnv>, attemptId: string, userId: string): Promise<Response> {
    const session = beginSession(c, store, userId);
    const user = findUser(store.state, userId);
    if (user !== undefined)
      store.apply({ type: 'user.updated', user: { ...user, lastSignInAt: session.createdAt } });
    return answer(c, instance, completeSignInJson(store.state, attemptId, session));
  }

  /** @throws {ClerkError} 422 */
  function userByEmail(identifier: string): User {
    const email = identifier.trim().toLowerCase();
    const user = store.state.users.find((candidate) => candidate.email === email);
    if (user === undefined)
      throw formError('form_identifier_not_found', 'identifier', "Couldn't find your account.");
    return user;
  }

  return new Hono<FrontendEnv>()
    .post('/', async (c) => {
      const form = await readForm(c, NewSignInSchema);
      refuseSecondSession(c, store);
      if (form.strategy === 'ticket') return complete(c, newId('sia'), acceptTicket(store, form.ticket));
      const user = userByEmail(form.identifier);
      if (form.password !== undefined) {
        checkPassword(user, form.password);
        return complete(c, newId('sia'), user.id);
      }
      const signIn = { id: newId('sia'), userId: user.id };
      store.apply({ type: 'client.updated', client: { ...ensureClient(c, store), signIn } });
      return answer(c, instance, pendingSignInJson(store.state, signIn));
    })
    .post('/:id/attempt_first_factor', async (c) => {
      const { password } = await readForm(c, FirstFactorSchema);
      refuseSecondSession(c, store);
      const signIn = currentClient(c, store)?.signIn;
      const user = store.state.users.find(({ id }) => id === signIn?.userId);
      if (signIn?.id !== c.req.param('id') || user === undefined)
        throw notFound('sign in', c.req.param('id'));
      checkPassword(user, password);
      return complete(c, signIn.id, user.id);
    });
}

/** @throws {ClerkError} 422 */
function checkPassword({ passwordHash }: User, password: string): void {
  if (passwordHash === null || !isPassword(password, passwordHash))
    throw formError(
      'form_password_incorrect',
      'password',
      'Password is incorrect. Try again, or use another method.',
    );
}
