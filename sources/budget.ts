import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited } from '../errors/upstream-errors';

/**
 * Takes one point of a budget.
 * @throws {GatehouseError} `RATE_LIMITED`, with `source: "gateway"` and the seconds until there are points again.
 */
export async function spend(budget: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await budget.consume(key);
  } catch (refusal) {
    throw rateLimited('gateway', Math.max(1, Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1000)));
  }
}
