import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PendingAuth, UserAuth } from '../ports';

/** Sessions that are remembered, of about half a kilobyte each. */
const MAX_SESSIONS = 50_000;

/** As much as Clerk's SDK allows clocks to differ. */
const CLOCK_SKEW_MS = 5_000;

/**
 * Verdicts on session tokens that were accepted. A JWT that was good stays good until its time is over: it cannot be
 * withdrawn, and everything else that the verdict depends on is in the key.
 */
export interface VerifiedSessions {
  /** `undefined` where nothing is known, or the token's time is over. */
  find(key: string): VerifiedSession | undefined;
  keep(key: string, session: VerifiedSession): void;
}

export interface VerifiedSession {
  readonly auth: UserAuth | PendingAuth;
  /** Where the token begins and ends in what was sent. It is not kept itself. */
  readonly tokenRange: readonly [start: number, end: number];
  /** When the token's time begins and is over, in milliseconds since 1970. */
  readonly validity: { readonly from: number; readonly until: number };
}

export function createVerifiedSessions(): VerifiedSessions {
  const sessions = new LRUCache<string, VerifiedSession>({ max: MAX_SESSIONS });
  return {
    find(key) {
      const session = sessions.get(key);
      if (session === undefined) return undefined;
      const [now, { from, until }] = [Date.now(), session.validity];
      if (now >= until + CLOCK_SKEW_MS) sessions.delete(key);
      // Clocks are set back at times.
      else if (now >= from - CLOCK_SKEW_MS) return session;
      return undefined;
    },
    keep(key, session) {
      sessions.set(key, session);
    },
  };
}

/**
 * What a verdict depends on, without the token itself.
 * @param credentials as they were sent: a header, or the cookies that are judged together.
 * @param authorizedParties origins whose tokens were accepted.
 */
export function verdictKey(
  credentials: string,
  kind: 'authorization' | 'cookies',
  authorizedParties: readonly string[],
): string {
  return hash('sha256', `${kind} ${authorizedParties.join(' ')}\n${credentials}`, 'base64url');
}
