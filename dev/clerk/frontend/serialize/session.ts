import type { Instance } from '../../backend/context';
import { notFound } from '../../errors';
import { findUser } from '../../queries';
import { sessionJson } from '../../serialize/session';
import type { Session } from '../../state';
import { frontendUserJson } from './user';

const MINUTE = 60_000;

/** A session in the Frontend API's shape, with a fresh token. @throws {ClerkError} 404 when its user is gone. */
export async function frontendSessionJson({ store, tokens }: Instance, session: Session) {
  const { state } = store;
  const user = findUser(state, session.userId);
  if (user === undefined) throw notFound('user', session.userId);
  const json = frontendUserJson(state, user);
  return {
    ...sessionJson(session),
    factor_verification_age: [Math.floor((Date.now() - session.createdAt) / MINUTE), -1],
    tasks: null,
    last_active_token: { object: 'token', jwt: await tokens.issue(session) },
    user: json,
    public_user_data: {
      first_name: json.first_name,
      last_name: json.last_name,
      image_url: json.image_url,
      has_image: json.has_image,
      identifier: user.email,
      user_id: user.id,
    },
  };
}

/** A session in the list of a user's devices. */
export function deviceJson(session: Session) {
  return { ...sessionJson(session), user: null };
}
