import type { MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { CLIENT_UAT_COOKIES, clientUatCookies } from '../cookies';
import type { Client, State } from '../state';
import type { Store } from '../store';
import { currentClient, liveSessions, readClientId } from './clients';
import type { FrontendEnv } from './context';

/** Value of the `__client_uat` cookie: when a session of the client last began or ended, or 0 if it has none. */
export function clientUat(state: State, client: Client | undefined): number {
  const signedIn = client !== undefined && liveSessions(state, client).length > 0;
  return signedIn ? Math.floor(client.updatedAt / 1000) : 0;
}

/** Recognises the client by its cookie, and sends `__client_uat` along whenever the browser's is out of date. */
export function syncCookies(store: Store): MiddlewareHandler<FrontendEnv> {
  return async (c, next) => {
    c.set('clientId', readClientId(c, store.state));
    await next();
    const right = clientUat(store.state, currentClient(c, store));
    if (CLIENT_UAT_COOKIES.every((name) => Number(getCookie(c, name) ?? 0) === right)) return;
    for (const cookie of clientUatCookies(right)) c.header('set-cookie', cookie, { append: true });
  };
}
