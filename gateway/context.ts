import { unauthenticated } from '../errors/token-errors';
import { createRelatedRows } from '../resolvers/external/related-rows';
import { once } from '../resolvers/once';
import type { GatehouseContext } from '../schema';
import type { Authentication, Clerk } from '../sources/clerk';
import { createSupabaseRows } from '../sources/supabase';
import type { GatewayConfig } from './env';
import type { Exchange } from './exchange';

/** The frozen context of one operation: who asks, and what they may reach with their own token. */
export function createContext(
  { supabase }: GatewayConfig,
  clerk: Clerk,
  { auth, sessionToken }: Authentication,
  exchange: Exchange,
): GatehouseContext {
  const { deadline, observe } = exchange;
  const rows = createSupabaseRows({
    url: supabase.url,
    anonKey: supabase.anonKey,
    signal: deadline.signal,
    token: once(supabaseToken),
  });
  return Object.freeze({
    auth,
    directory: clerk.directory({
      auth,
      deadline,
      observe,
      onStale(ageMs) {
        exchange.staleForMs = Math.max(exchange.staleForMs ?? 0, ageMs);
      },
    }),
    rows,
    relatedRows: createRelatedRows(rows),
  });

  async function supabaseToken(): Promise<string> {
    // Without a token the client library would go on with the anonymous key.
    if (auth.kind !== 'user' || sessionToken === null) throw unauthenticated();
    return supabase.jwtTemplate === undefined
      ? sessionToken
      : clerk.templateToken(auth, supabase.jwtTemplate, deadline, observe);
  }
}
