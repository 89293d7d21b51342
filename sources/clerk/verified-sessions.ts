import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PendingAuth, UserAuth } from '../ports';

/** Sessions that are remembered, of about half a kilobyte each. */
const MAX_SESSIONS = 50_000;

/** As much as Clerk's SDK allows clocks to differ. */
const CLOCK_SKEW_MS = 5_000;

/**
 * Verdicts on session tokens that were accepted. A JWT that was good stays good until its time is over: it cannot be
 * withdrawn, and everything else that the verdict depends on is compared.
 */
export interface VerifiedSessions {
  /**
   * @param digest of the credentials: see {@link digestOf}.
   * @param conditions under which they are to be judged: see {@link conditionsOf}.
   * @returns `undefined` where nothing is known, or only under other conditions, or the token's time is over.
   */
  find(digest: string, conditions: string): VerifiedSession | undefined;
  keep(digest: string, conditions: string, session: VerifiedSession): void;
}

export interface VerifiedSession {
  readonly auth: UserAuth | PendingAuth;
  /** Where the token begins and ends in what was sent. It is not kept itself. */
  readonly tokenRange: readonly [start: number, end: number];
  /** When the token's time begins and is over, in milliseconds since 1970. */
  readonly validity: { readonly from: number; readonly until: number };
}

export function createVerifiedSessions(): VerifiedSessions {
  const verdicts = new LRUCache<string, { readonly conditions: string; readonly session: VerifiedSession }>({
    max: MAX_SESSIONS,
  });
  return {
    find(digest, conditions) {
      const verdict = verdicts.get(digest);
      if (verdict === undefined || verdict.conditions !== conditions) return undefined;
      const [now, { from, until }] = [Date.now(), verdict.session.validity];
      if (now >= until + CLOCK_SKEW_MS) verdicts.delete(digest);
      // Clocks are set back at times.
      else if (now >= from - CLOCK_SKEW_MS) return verdict.session;
      return undefined;
    },
    keep(digest, conditions, session) {
      verdicts.set(digest, { conditions, session });
    },
  };
}

/**
 * What stands for credentials, so that no token is kept. Nothing is put before them: a text of that length would be made for each request.
 * @param credentials as they were sent: a header, or the cookies that are judged together.
 */
export function digestOf(credentials: string): string {
  return hash('sha256', credentials, 'base64url');
}

/**
 * What a verdict depends on besides the credentials.
 * @param authorizedParties origins whose tokens are accepted.
 */
export function conditionsOf(
  kind: 'authorization' | 'cookies',
  authorizedParties: readonly string[],
): string {
  return `${kind} ${authorizedParties.join(' ')}`;
}
