import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { CLIENT_COOKIE, clientCookie } from '../cookies';
import { newId, randomText } from '../ids';
import { isLive, newSession } from '../sessions';
import type { Client, Session, State } from '../state';
import type { Store } from '../store';
import type { FrontendEnv } from './context';

const TOKEN_LENGTH = 43;

/** Id of the client that the request's cookie stands for. */
export function readClientId(c: Context<FrontendEnv>, state: State): string | undefined {
  const token = getCookie(c, CLIENT_COOKIE);
  return token === undefined ? undefined : state.clients.find((client) => client.token === token)?.id;
}

/** The client behind the request as it is now; undefined for a browser that has never begun to sign in. */
export function currentClient(c: Context<FrontendEnv>, { state }: Store): Client | undefined {
  const clientId = c.get('clientId');
  return state.clients.find(({ id }) => id === clientId);
}

/** The client behind the request, or a new one that the answer's cookie makes the browser's. */
export function ensureClient(c: Context<FrontendEnv>, store: Store): Client {
  const current = currentClient(c, store);
  if (current !== undefined) return current;
  const now = Date.now();
  const client: Client = {
    id: newId('client'),
    token: randomText(TOKEN_LENGTH),
    lastActiveSessionId: null,
    signIn: null,
    signUp: null,
    createdAt: now,
    updatedAt: now,
  };
  store.apply({ type: 'client.created', client });
  c.set('clientId', client.id);
  c.header('set-cookie', clientCookie(client.token), { append: true });
  return client;
}

/** The sessions of a client that still give tokens. */
export function liveSessions(state: State, client: Client): readonly Session[] {
  return state.sessions.filter((session) => session.clientId === client.id && isLive(session));
}

/** The session that the browser speaks for: the one it used last, as long as it lives. */
export function activeSession(state: State, client: Client): Session | undefined {
  const sessions = liveSessions(state, client);
  return sessions.find(({ id }) => id === client.lastActiveSessionId) ?? sessions.at(-1);
}

/** Signs the client's browser in, and ends whatever sign-in or sign-up it was in the middle of. */
export function beginSession(c: Context<FrontendEnv>, store: Store, userId: string): Session {
  const client = ensureClient(c, store);
  const session = newSession({ userId, organizationId: null, clientId: client.id });
  // A new token: whoever planted the old cookie in this browser must not have the session.
  const token = randomText(TOKEN_LENGTH);
  store.apply({ type: 'session.created', session });
  store.apply({
    type: 'client.updated',
    client: {
      ...client,
      token,
      lastActiveSessionId: session.id,
      signIn: null,
      signUp: null,
      updatedAt: session.createdAt,
    },
  });
  c.header('set-cookie', clientCookie(token), { append: true });
  return session;
}

/** Signs the client's browser out of a session. */
export function endSession(
  store: Store,
  client: Client,
  session: Session,
  status: 'ended' | 'removed',
): void {
  const now = Date.now();
  store.apply({ type: `session.${status}`, session: { ...session, status, updatedAt: now } });
  const rest = liveSessions(store.state, client);
  store.apply({
    type: 'client.updated',
    client: { ...client, lastActiveSessionId: rest.at(-1)?.id ?? null, updatedAt: now },
  });
}
