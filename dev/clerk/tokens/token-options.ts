import type { JWTPayload } from 'jose';

/** What varies between the tokens of one session. */
export interface TokenOptions {
  /** Id of the organization the token speaks for; null for the user's personal account. */
  readonly organizationId: string | null;
  /** Seconds from now to the end; negative for a token that has expired. Default: the instance's token life. */
  readonly ttl?: number | undefined;
  /** Claims that are added or, when undefined, left out. */
  readonly claims?: JWTPayload | undefined;
  /** `act`: who is impersonating the user. Session tokens only. */
  readonly actor?: Readonly<Record<string, unknown>> | undefined;
  /** The session has a task before it, such as choosing an organization: `sts` is `pending`. Session tokens only. */
  readonly pending?: boolean | undefined;
}

/** Clerk's servers disagree on the time by a little. */
const CLOCK_SKEW_SECONDS = 10;

/**
 * `exp`, `iat` and `nbf`. An expired token was issued in the past, as a real one would have been.
 *
 * @param lifetime usual life in seconds.
 */
export function timeClaims(lifetime: number, ttl = lifetime): { exp: number; iat: number; nbf: number } {
  const now = Math.floor(Date.now() / 1000);
  const exp = now + ttl;
  const iat = ttl > 0 ? now : exp - lifetime;
  return { exp, iat, nbf: iat - CLOCK_SKEW_SECONDS };
}
