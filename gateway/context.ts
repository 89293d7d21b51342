import { unauthenticated } from '../errors/token-errors';
import { createRelatedRows } from '../resolvers/external/related-rows';
import type { GatehouseContext } from '../schema';
import type { Authentication, Clerk } from '../sources/clerk';
import type { GatewayConfig } from './env';
import type { Exchange } from './exchange';
import { openSources, type SourceSetup } from './sources';

/** The frozen context of one operation: who asks, and what they may reach with their own token. */
export function createContext(
  { limits }: GatewayConfig,
  setups: readonly SourceSetup[],
  clerk: Clerk,
  authentication: Authentication,
  exchange: Exchange,
): GatehouseContext {
  const { auth } = authentication;
  const { deadline, observe } = exchange;
  const sources = openSources(setups, tokensFor(authentication, clerk, exchange), {
    signal: deadline.signal,
    observe,
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
    sources,
    relatedRows: createRelatedRows(sources),
    maxPageSize: limits.pageSize,
  });
}

/** The caller's token for a source. Each template's is asked for once. */
function tokensFor(
  { auth, sessionToken }: Authentication,
  clerk: Clerk,
  { deadline, observe }: Exchange,
): (template: string | undefined) => Promise<string> {
  const made = new Map<string, Promise<string>>();
  return async (template) => {
    // Without a token a source would go on with whatever it shows to everybody.
    if (auth.kind !== 'user' || sessionToken === null) throw unauthenticated();
    if (template === undefined) return sessionToken;
    const token = made.get(template) ?? clerk.templateToken(auth, template, deadline, observe);
    made.set(template, token);
    return token;
  };
}
