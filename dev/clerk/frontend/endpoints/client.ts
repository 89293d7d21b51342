import { Hono } from 'hono';
import type { Instance } from '../../backend/context';
import { answer } from '../answer';
import { currentClient, endSession, ensureClient, liveSessions } from '../clients';
import type { FrontendEnv } from '../context';
import { clientJson } from '../serialize/client';

/** `/v1/client`: the browser with its sessions. */
export function clients(instance: Instance): Hono<FrontendEnv> {
  const { store } = instance;
  return new Hono<FrontendEnv>()
    .get('/', async (c) => {
      const client = currentClient(c, store);
      return answer(c, instance, client === undefined ? null : await clientJson(instance, client));
    })
    .put('/', async (c) => answer(c, instance, await clientJson(instance, ensureClient(c, store))))
    .delete('/sessions', async (c) => {
      const client = currentClient(c, store);
      if (client === undefined) return answer(c, instance, null);
      for (const session of liveSessions(store.state, client)) endSession(store, client, session, 'removed');
      return answer(c, instance, await clientJson(instance, currentClient(c, store) ?? client));
    });
}
