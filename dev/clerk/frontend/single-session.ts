import type { Context } from 'hono';
import { ClerkError } from '../errors';
import type { Store } from '../store';
import { activeSession, currentClient } from './clients';
import type { FrontendEnv } from './context';

/** Refuses to sign a browser in that is signed in already. @throws {ClerkError} 400 */
export function refuseSecondSession(c: Context<FrontendEnv>, store: Store): void {
  const client = currentClient(c, store);
  if (client === undefined || activeSession(store.state, client) === undefined) return;
  throw new ClerkError(400, {
    code: 'session_exists',
    message: 'Session already exists',
    longMessage: "You're already signed in.",
  });
}
