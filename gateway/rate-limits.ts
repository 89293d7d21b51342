import { LRUCache } from 'lru-cache';
import { rateLimited } from '../errors/upstream-errors';
import type { Auth } from '../sources/ports';
import type { Limits } from './env';

/** Costs are counted in windows of so many seconds. */
const WINDOW_S = 60;
const WINDOW_MS = WINDOW_S * 1_000;

/** What is left of a window. */
export interface RateLimitState {
  /** Points in a window. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetSeconds: number;
}

/**
 * Counts costs by key. The one in memory serves a single process; several processes need a store that they share, such
 * as one of rate-limiter-flexible's.
 */
export interface RateLimitStore {
  /** Adds points to a key's window, which begins with the first of them, and tells what is in it then. */
  add(key: string, points: number): Promise<{ readonly points: number; readonly msBeforeReset: number }>;
}

/** Windows that are counted at once, of some two hundred bytes each. With more callers in a minute, who was quiet the longest begins anew. */
const MAX_WINDOWS = 100_000;

/**
 * Counts in the memory of this process. Not with a timer for each key, as rate-limiter-flexible's memory does: in Next a timer keeps what
 * Next knows of the request that started it, some hundred kilobytes, for all of the minute.
 */
export function memoryStore(): RateLimitStore {
  const windows = new LRUCache<string, { points: number; endsAt: number }>({ max: MAX_WINDOWS });
  return {
    async add(key, points) {
      const now = Date.now();
      let window = windows.get(key);
      if (window === undefined || now >= window.endsAt || now < window.endsAt - WINDOW_MS) {
        window = { points: 0, endsAt: now + WINDOW_MS };
        windows.set(key, window);
      }
      window.points += points;
      return { points: window.points, msBeforeReset: window.endsAt - now };
    },
  };
}

/** Holds principals and addresses to the cost that they may ask for in a minute. */
export interface RateLimits {
  /**
   * Spends what an operation costs.
   * @returns what is left for the principal; undefined where nothing limits them.
   * @throws {GatehouseError} `RATE_LIMITED`, with `source: "gateway"`.
   */
  spend(auth: Auth, address: string | null, cost: number): Promise<RateLimitState | undefined>;
}

export function createRateLimits(
  { costPerMinute, addressCostPerMinute }: Limits,
  store: RateLimitStore,
): RateLimits {
  async function spend(key: string | null, limit: number, cost: number): Promise<RateLimitState | undefined> {
    if (key === null || limit === 0) return undefined;
    const { points, msBeforeReset } = await store.add(key, cost);
    const resetSeconds = Math.max(1, Math.ceil(msBeforeReset / 1000));
    if (points > limit) throw rateLimited('gateway', resetSeconds);
    return { limit, remaining: limit - points, resetSeconds };
  }
  return {
    async spend(auth, address, cost) {
      const points = Math.max(1, cost);
      const ofAddress = await spend(address && `address:${address}`, addressCostPerMinute, points);
      const ofPrincipal = await spend(principalKey(auth), costPerMinute, points);
      return ofPrincipal ?? ofAddress;
    },
  };
}

/** Callers who share a key share a limit; null: they are limited by their address alone. */
function principalKey(auth: Auth): string | null {
  switch (auth.kind) {
    case 'user':
      return `user:${auth.userId}`;
    case 'apiKey':
      return `apiKey:${auth.id}`;
    case 'machine':
      return `machine:${auth.machineId}`;
    case 'oauth':
      return `oauth:${auth.clientId}:${auth.userId}`;
    default:
      return null;
  }
}

/** Header fields, names and values by turns, that tell a client how much it may still ask for: draft-ietf-httpapi-ratelimit-headers. */
export function rateLimitFields({ limit, remaining, resetSeconds }: RateLimitState): readonly string[] {
  return [
    'ratelimit-policy',
    `"cost";q=${limit};w=${WINDOW_S}`,
    'ratelimit',
    `"cost";r=${remaining};t=${resetSeconds}`,
  ];
}
