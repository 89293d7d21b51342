import { AsyncLocalStorage } from 'node:async_hooks';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../errors/upstream-errors';

/** How much may be spent: so many points in so many seconds, for each key. */
export interface BudgetSize {
  readonly points: number;
  readonly duration: number;
}

/** Points that are spent one by one, in the memory of this process. */
export interface Budget {
  /** @throws {GatehouseError} `RATE_LIMITED`, with `source: "gateway"` and the seconds until there are points again. */
  spend(key: string): Promise<void>;
  /** Gives a point back. */
  giveBack(key: string): Promise<void>;
}

/**
 * Calls a function as if no request had. A budget keeps a timer for each key, and a timer what is known of the request that started it: in
 * Next some hundred kilobytes.
 */
const outsideOfRequests = AsyncLocalStorage.snapshot();

export function createBudget(size: BudgetSize): Budget {
  const limiter = new RateLimiterMemory(size);
  return {
    async spend(key) {
      try {
        await outsideOfRequests(() => limiter.consume(key));
      } catch (refusal) {
        throw rateLimited('gateway', Math.max(1, Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1000)));
      }
    },
    async giveBack(key) {
      await outsideOfRequests(() => limiter.reward(key));
    },
  };
}
