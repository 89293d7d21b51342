import { findUser } from '../../queries';
import type { Client, Session, State, User } from '../../state';

/** A sign-in that waits for the password. */
export function pendingSignInJson(state: State, { id, userId }: NonNullable<Client['signIn']>) {
  return signInJson(id, findUser(state, userId), { status: 'needs_first_factor', sessionId: null });
}

/** A sign-in that has led to a session. */
export function completeSignInJson(state: State, id: string, { id: sessionId, userId }: Session) {
  return signInJson(id, findUser(state, userId), { status: 'complete', sessionId });
}

function signInJson(
  id: string,
  user: User | undefined,
  { status, sessionId }: { status: 'needs_first_factor' | 'complete'; sessionId: string | null },
) {
  return {
    object: 'sign_in',
    id,
    status,
    supported_identifiers: ['email_address'],
    supported_first_factors: [{ strategy: 'password' }],
    supported_second_factors: null,
    first_factor_verification: null,
    second_factor_verification: null,
    identifier: user?.email ?? null,
    user_data: user && {
      first_name: user.firstName,
      last_name: user.lastName,
      image_url: user.imageUrl,
      has_image: false,
    },
    created_session_id: sessionId,
  };
}
