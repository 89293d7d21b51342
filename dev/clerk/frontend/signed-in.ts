import type { Context } from 'hono';
import { findUser } from '../queries';
import type { Session, User } from '../state';
import type { Store } from '../store';
import { activeSession, currentClient, liveSessions } from './clients';
import type { FrontendEnv } from './context';
import { signedOut } from './errors';

/** Who the request speaks for: the session it names, or else the browser's active one. @throws {ClerkError} 401 */
export function signedIn(
  c: Context<FrontendEnv>,
  store: Store,
): { readonly session: Session; readonly user: User } {
  const client = currentClient(c, store);
  if (client === undefined) throw signedOut();
  const named = c.req.query('_clerk_session_id');
  const session =
    named === undefined
      ? activeSession(store.state, client)
      : liveSessions(store.state, client).find(({ id }) => id === named);
  const user = session && findUser(store.state, session.userId);
  if (session === undefined || user === undefined) throw signedOut();
  return { session, user };
}
