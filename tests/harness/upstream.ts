import { subscribe, unsubscribe } from 'node:diagnostics_channel';
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
  const answer = await whileWatching(
    ({ origin, method, url, headers }) => {
      // The local Supabase hands the call on to the database, which is no business of the gateway.
      if (origin === world.supabase.url) calls.push({ method, url, prefer: headers.get('prefer') });
    },
    () => send(world.gateway, query, options),
  );
  return { ...answer, calls };
}

/** A request as it leaves this process. */
export interface LeavingRequest {
  readonly origin: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
}

/** Shows every request that Node's HTTP client sends while something is done. */
export async function whileWatching<T>(
  watch: (request: LeavingRequest) => void,
  work: () => Promise<T>,
): Promise<T> {
  const onRequest = (message: unknown) => {
    const { request } = message as { request: UndiciRequest };
    const url = new URL(request.path, request.origin);
    watch({ origin: url.origin, method: request.method, url, headers: new Headers(pairs(request.headers)) });
  };
  // https://undici.nodejs.org/#/docs/api/DiagnosticsChannel.md
  subscribe('undici:request:create', onRequest);
  try {
    return await work();
  } finally {
    unsubscribe('undici:request:create', onRequest);
  }
}

interface UndiciRequest {
  readonly origin: string | URL;
  readonly method: string;
  readonly path: string;
  /** Names and values by turns. */
  readonly headers: readonly string[];
}

function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : [],
  );
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
