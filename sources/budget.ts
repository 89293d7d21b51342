import { AsyncLocalStorage } from 'node:async_hooks';
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../errors/upstream-errors';

/**
 * Calls a function as if no request had. A budget keeps a timer for each key, and a timer what is known of the request that started it: in
 * Next some hundred kilobytes.
 */
const outsideOfRequests = AsyncLocalStorage.snapshot();

/**
 * Takes one point of a budget.
 * @throws {GatehouseError} `RATE_LIMITED`, with `source: "gateway"` and the seconds until there are points again.
 */
export async function spend(budget: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await outsideOfRequests(() => budget.consume(key));
  } catch (refusal) {
    throw rateLimited('gateway', Math.max(1, Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1000)));
  }
}
