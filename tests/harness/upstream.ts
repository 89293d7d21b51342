import { PostgrestClient } from '@supabase/postgrest-js';
import { expect } from 'vitest';
import { type Answer, type SendOptions, send } from './client';
import type { World } from './world';

/** A call to the external source as it leaves the gateway. */
export interface UpstreamCall {
  readonly method: string;
  readonly url: URL;
  readonly prefer: string | null;
}

/** Sends an operation and records the calls that it makes to the source. */
export async function recordCalls(
  world: World,
  query: string,
  options: SendOptions,
): Promise<Answer & { calls: UpstreamCall[] }> {
  const calls: UpstreamCall[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    // The local Supabase hands the call on to the database, which is no business of the gateway.
    if (request.url.startsWith(world.supabase.url))
      calls.push({
        method: request.method,
        url: new URL(request.url),
        prefer: request.headers.get('prefer'),
      });
    return original(input, init);
  };
  try {
    return { ...(await send(world.gateway, query, options)), calls };
  } finally {
    globalThis.fetch = original;
  }
}

/** Inserts rows as the user of a token, and gives them as the source has them then. */
export async function insertRows<Row>(
  world: World,
  token: string,
  table: string,
  rows: readonly object[],
): Promise<Row[]> {
  const { url, anonKey } = world.supabase;
  const client = new PostgrestClient(`${url}/rest/v1`, {
    headers: { apikey: anonKey, authorization: `Bearer ${token}` },
  });
  const { data, error } = await client
    .from(table)
    .insert([...rows])
    .select();
  expect(error).toBeNull();
  return data as Row[];
}
