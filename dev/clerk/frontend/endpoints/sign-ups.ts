import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Instance } from '../../backend/context';
import { notFound } from '../../errors';
import { newId } from '../../ids';
import { readForm } from '../../request';
import type { Client, SignUpAttempt } from '../../state';
import { answer } from '../answer';
import { beginSession, currentClient, ensureClient } from '../clients';
import type { FrontendEnv } from '../context';
import { formError } from '../errors';
import { completeSignUpJson, missingFields, pendingSignUpJson } from '../serialize/sign-up';
import { SignUpFormSchema, updatedSignUp, userOf } from '../sign-up-form';
import { refuseSecondSession } from '../single-session';

/** The code that every email address is verified with, as with Clerk's test addresses. */
const EMAIL_CODE = '424242';

const PrepareSchema = z.object({ strategy: z.literal('email_code') });
const AttemptSchema = PrepareSchema.extend({ code: z.string() });

const NEW: Omit<SignUpAttempt, 'id'> = {
  email: null,
  passwordHash: null,
  firstName: null,
  lastName: null,
  unsafeMetadata: {},
  codeSent: false,
};

/** `/v1/client/sign_ups`: by email address and password. */
export function signUps(instance: Instance): Hono<FrontendEnv> {
  const { store } = instance;

  /** @throws {ClerkError} 404 when it is not the one this browser is in the middle of. */
  function own(c: Context<FrontendEnv>): { readonly client: Client; readonly signUp: SignUpAttempt } {
    const client = currentClient(c, store);
    const id = c.req.param('id') ?? '';
    if (!client?.signUp || client.signUp.id !== id) throw notFound('sign up', id);
    return { client, signUp: client.signUp };
  }

  function keep(c: Context<FrontendEnv>, client: Client, signUp: SignUpAttempt): Promise<Response> {
    store.apply({ type: 'client.updated', client: { ...client, signUp } });
    return answer(c, instance, pendingSignUpJson(signUp));
  }

  return new Hono<FrontendEnv>()
    .post('/', async (c) => {
      const form = await readForm(c, SignUpFormSchema);
      refuseSecondSession(c, store);
      const signUp = updatedSignUp(store.state, { id: newId('sua'), ...NEW }, form);
      return keep(c, ensureClient(c, store), signUp);
    })
    .get('/:id', (c) => answer(c, instance, pendingSignUpJson(own(c).signUp)))
    .patch('/:id', async (c) => {
      const form = await readForm(c, SignUpFormSchema);
      const { client, signUp } = own(c);
      return keep(c, client, updatedSignUp(store.state, signUp, form));
    })
    .post('/:id/prepare_verification', async (c) => {
      await readForm(c, PrepareSchema);
      const { client, signUp } = own(c);
      return keep(c, client, { ...signUp, codeSent: true });
    })
    .post('/:id/attempt_verification', async (c) => {
      const { code } = await readForm(c, AttemptSchema);
      const { signUp } = own(c);
      refuseSecondSession(c, store);
      if (!signUp.codeSent || code !== EMAIL_CODE)
        throw formError('form_code_incorrect', 'code', 'Incorrect code');
      const [missing] = missingFields(signUp);
      if (missing !== undefined)
        throw formError('form_param_missing', missing, `${missing} must be included`);
      const user = userOf(store.state, signUp);
      store.apply({ type: 'user.created', user });
      const session = beginSession(c, store, user.id);
      return answer(c, instance, completeSignUpJson(signUp, session));
    });
}
