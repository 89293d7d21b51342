import type { Context } from 'hono';
import type { Instance } from '../backend/context';
import { currentClient } from './clients';
import type { FrontendEnv } from './context';
import { clientJson } from './serialize/client';

/** The envelope of every answer but a few: what was asked for, and the client as it is now. */
export async function answer(
  c: Context<FrontendEnv>,
  instance: Instance,
  response: unknown,
): Promise<Response> {
  const client = currentClient(c, instance.store);
  return c.json({ response, client: client === undefined ? null : await clientJson(instance, client) });
}
