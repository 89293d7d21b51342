import type { Instance } from '../../backend/context';
import type { Client } from '../../state';
import { activeSession, liveSessions } from '../clients';
import { frontendSessionJson } from './session';
import { pendingSignInJson } from './sign-in';
import { pendingSignUpJson } from './sign-up';

/** A client with its live sessions and whatever it is in the middle of. */
export async function clientJson(instance: Instance, client: Client) {
  const { state } = instance.store;
  return {
    object: 'client',
    id: client.id,
    sessions: await Promise.all(
      liveSessions(state, client).map((session) => frontendSessionJson(instance, session)),
    ),
    sign_in: client.signIn && pendingSignInJson(state, client.signIn),
    sign_up: client.signUp && pendingSignUpJson(client.signUp),
    last_active_session_id: activeSession(state, client)?.id ?? null,
    last_authentication_strategy: null,
    // Null keeps clerk-js from sending pages through an endpoint that renews the cookie.
    cookie_expires_at: null,
    captcha_bypass: false,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}
