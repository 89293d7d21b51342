/** The shape of Clerk's `useAuth().getToken`; null when nobody is signed in. */
export type GetToken = (options?: { skipCache?: boolean }) => Promise<string | null>;

export interface TokenSourceOptions {
  /** Seconds of life below which a token is renewed before it is sent. Default: 10. */
  readonly renewBelow?: number;
  /** The time, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

export interface TokenSource {
  /** A token to send; null when nobody is signed in. Rejects as `getToken` does. */
  current(): Promise<string | null>;
  /**
   * Another token in place of one that was refused as expired; null when there is none for the same user and
   * organization. Callers with the same token share one renewal. Rejects as `getToken` does.
   */
  renew(refused: string): Promise<string | null>;
}

/** Session tokens that live long enough to arrive. Nothing is kept of a user who has left: `getToken` is always asked. */
export function createTokenSource(getToken: GetToken, options: TokenSourceOptions = {}): TokenSource {
  const { renewBelow = 10, now = Date.now } = options;
  const running = new Map<string, Promise<string | null>>();
  let replaced: { readonly stale: string; readonly token: string } | undefined;
  let secondsAhead = 0;

  const isFresh = (token: string) =>
    readClaims(token).expiresAt - (now() / 1000 - secondsAhead) >= renewBelow;

  async function fetchNew(stale: string): Promise<string | null> {
    const token = await getToken({ skipCache: true });
    if (token === null) return null;
    // A new token tells the issuer's time. Without it, a clock that is a minute ahead would renew for every request.
    secondsAhead = now() / 1000 - (readClaims(token).issuedAt ?? now() / 1000);
    replaced = { stale, token };
    return token;
  }

  async function replace(stale: string): Promise<string | null> {
    // Requests that were refused together do not all hear of it at once.
    if (replaced?.stale === stale && isFresh(replaced.token)) return replaced.token;
    const renewal = running.get(stale) ?? fetchNew(stale).finally(() => running.delete(stale));
    running.set(stale, renewal);
    return renewal;
  }

  return {
    async current() {
      const token = await getToken();
      // Where a renewal fails, the gateway decides whether the old token still serves.
      return token === null || isFresh(token) ? token : replace(token).catch(() => token);
    },
    async renew(refused) {
      const token = await replace(refused);
      // What one user began is not sent again in the name of another.
      return token !== null && readClaims(token).holder === readClaims(refused).holder ? token : null;
    },
  };
}

interface Claims {
  /** Seconds since 1970; infinite where the token does not say. */
  readonly expiresAt: number;
  /** Seconds since 1970. */
  readonly issuedAt: number | undefined;
  /** User and active organization. */
  readonly holder: string;
}

/** Reads a token without verifying it, which is up to the gateway. */
function readClaims(token: string): Claims {
  const { exp, iat, sub, o, org_id } = decodePayload(token);
  return {
    expiresAt: typeof exp === 'number' ? exp : Number.POSITIVE_INFINITY,
    issuedAt: typeof iat === 'number' ? iat : undefined,
    // `o` in Clerk's session tokens of version 2, `org_id` in version 1.
    holder: JSON.stringify([sub, isRecord(o) ? o.id : org_id]),
  };
}

function decodePayload(token: string): Record<string, unknown> {
  const base64 = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  try {
    const payload: unknown = JSON.parse(atob(base64));
    return isRecord(payload) ? payload : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
