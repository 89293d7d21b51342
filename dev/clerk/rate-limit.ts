import type { MiddlewareHandler } from 'hono';
import type { Env } from './backend/context';
import { ClerkError } from './errors';

/** So many requests per window; Clerk's development instances allow 100 per 10,000 ms. */
export interface RateLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** Counts requests in windows of fixed length, and refuses those above the limit with 429 and `Retry-After`. */
export class RateLimiter {
  readonly #limit: RateLimit;
  #count = 0;
  #windowEnds = 0;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Begins a new window. */
  reset(): void {
    this.#windowEnds = 0;
  }

  middleware(): MiddlewareHandler<Env> {
    return async (_c, next) => {
      const now = Date.now();
      if (now >= this.#windowEnds) {
        this.#windowEnds = now + this.#limit.windowMs;
        this.#count = 0;
      }
      this.#count += 1;
      if (this.#count <= this.#limit.requests) return next();
      const seconds = Math.ceil((this.#windowEnds - now) / 1000);
      return new ClerkError(429, {
        code: 'too_many_requests',
        message: 'Too many requests',
        longMessage: `Too many requests. Please try again in ${seconds} s.`,
      }).toResponse({ 'retry-after': String(seconds) });
    };
  }
}
