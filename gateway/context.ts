import { unauthenticated } from '../errors/token-errors';
import type { GatehouseContext } from '../schema';
import type { Authentication, Clerk } from '../sources/clerk';
import { openSources, type SourceSetup } from './sources';

/**
 * The frozen context of one operation: who asks, and what they may reach with their own token.
 * @param signal fires at the request's deadline, or when the caller goes away.
 */
export function createContext(
  setups: readonly SourceSetup[],
  clerk: Clerk,
  authentication: Authentication,
  signal: AbortSignal,
): GatehouseContext {
  return Object.freeze({
    auth: authentication.auth,
    directory: clerk.directory(signal),
    sources: openSources(setups, tokensFor(authentication, clerk, signal), signal),
  });
}

/** The caller's token for a source. Each template's is made once. */
function tokensFor({ auth, sessionToken }: Authentication, clerk: Clerk, signal: AbortSignal) {
  const made = new Map<string, Promise<string>>();
  return async (template: string | undefined): Promise<string> => {
    // Without a token a source would go on with whatever it shows to everybody.
    if (auth.kind !== 'user' || sessionToken === null) throw unauthenticated();
    if (template === undefined) return sessionToken;
    const token = made.get(template) ?? clerk.templateToken(auth.sessionId, template, signal);
    made.set(template, token);
    return token;
  };
}
