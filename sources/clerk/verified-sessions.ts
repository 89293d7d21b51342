import { LRUCache } from 'lru-cache';
import type { PendingAuth, UserAuth } from '../ports';
import type { DigestOf } from './credential-digest';

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
   * @param digest of the credentials: see {@link DigestOf}.
   * @returns `undefined` where nothing is known, or only under other conditions, or the token's time is over.
   */
  find(digest: string, conditions: Conditions): VerifiedSession | undefined;
  keep(digest: string, conditions: Conditions, session: VerifiedSession): void;
}

/** What a verdict depends on besides the credentials. */
export interface Conditions {
  readonly kind: 'authorization' | 'cookies';
  /** Origins whose tokens are accepted. */
  readonly authorizedParties: readonly string[];
}

export interface VerifiedSession {
  readonly auth: UserAuth | PendingAuth;
  /** Where the token begins and ends in what was sent. It is not kept itself. */
  readonly tokenRange: readonly [start: number, end: number];
  /** When the token's time begins and is over, in milliseconds since 1970. */
  readonly validity: { readonly from: number; readonly until: number };
}

export function createVerifiedSessions(): VerifiedSessions {
  const verdicts = new LRUCache<
    string,
    { readonly conditions: Conditions; readonly session: VerifiedSession }
  >({
    max: MAX_SESSIONS,
  });
  return {
    find(digest, conditions) {
      const verdict = verdicts.get(digest);
      if (verdict === undefined || !areSame(verdict.conditions, conditions)) return undefined;
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

function areSame(one: Conditions, other: Conditions): boolean {
  const [ours, theirs] = [one.authorizedParties, other.authorizedParties];
  return (
    one.kind === other.kind &&
    // Where they are configured it is the same list for all requests.
    (ours === theirs ||
      (ours.length === theirs.length && ours.every((origin, index) => origin === theirs[index])))
  );
}
