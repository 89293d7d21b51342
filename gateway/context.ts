import { unauthenticated } from '../errors/token-errors';
import { createRelatedRows } from '../resolvers/external/related-rows';
import { once } from '../resolvers/once';
import type { GatehouseContext } from '../schema';
import type { Authentication, Clerk } from '../sources/clerk';
import { createSupabaseRows } from '../sources/supabase';
import type { GatewayConfig } from './env';

/**
 * The frozen context of one operation: who asks, and what they may reach with their own token.
 * @param signal fires at the request's deadline, or when the caller goes away.
 */
export function createContext(
  { supabase }: GatewayConfig,
  clerk: Clerk,
  { auth, sessionToken }: Authentication,
  signal: AbortSignal,
): GatehouseContext {
  const rows = createSupabaseRows({
    url: supabase.url,
    anonKey: supabase.anonKey,
    signal,
    token: once(supabaseToken),
  });
  return Object.freeze({
    auth,
    directory: clerk.directory(signal),
    rows,
    relatedRows: createRelatedRows(rows),
  });

  async function supabaseToken(): Promise<string> {
    // Without a token the client library would go on with the anonymous key.
    if (auth.kind !== 'user' || sessionToken === null) throw unauthenticated();
    return supabase.jwtTemplate === undefined
      ? sessionToken
      : clerk.templateToken(auth.sessionId, supabase.jwtTemplate, signal);
  }
}
