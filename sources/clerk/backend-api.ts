import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
} from 'cockatiel';
import { GatehouseError } from '../../errors/gatehouse-error';
import { rateLimited, upstreamUnavailable } from '../../errors/upstream-errors';
import { createBudget } from '../budget';
import { type Deadline, deadlineIn, withinDeadline, withTimeout } from '../deadline';
import { CLERK, clerkStatus, toCodedError } from './coded-error';

/** Clerk counts calls in windows of so many seconds: https://clerk.com/docs/backend-requests/resources/rate-limits */
const WINDOW_S = 10;

/** One attempt takes no longer; Clerk answers in a tenth of it. */
const ATTEMPT_MS = 3_000;

/** So many failures in a row, and Clerk is taken for down. */
const FAILURES_TO_BREAK = 5;

/** So long is a Clerk that is down left alone before one call tries it again. */
const REST_MS = 1_000;

/** Before a read is sent again that failed for no fault of its own. */
const RETRY_DELAY_MS = 50;

/** What a call does. Reads are repeated after any failure, writes only where Clerk has refused to begin. */
export type CallKind = 'read' | 'write';

/**
 * The way to Clerk's Backend API for the whole process: within Clerk's limits, with one more try where that is safe, and
 * closed while Clerk is down.
 */
export interface BackendApi {
  /**
   * @param send calls the SDK and parses what it gives; what it throws becomes a coded error.
   * @throws {GatehouseError} `RATE_LIMITED`, by Clerk or by the budget; `NOT_FOUND`; `UPSTREAM_TIMEOUT`; `UPSTREAM_UNAVAILABLE`, at
   * once while Clerk is down.
   */
  call<T>(kind: CallKind, deadline: Deadline, send: () => Promise<T>): Promise<T>;
  /** A read for several requests, or none: it has as long as any one of them. See {@link BackendApi.call}. */
  sharedRead<T>(send: () => Promise<T>): Promise<T>;
}

/**
 * @param callsPerWindow calls in 10 s, below Clerk's own limit for the instance.
 * @param timeoutMs how long a request waits at most.
 */
export function createBackendApi(callsPerWindow: number, timeoutMs: number): BackendApi {
  const budget = createBudget({ points: callsPerWindow, duration: WINDOW_S });
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_BREAK),
  });
  let pausedUntil = 0;

  async function attempt<T>(kind: CallKind, send: () => Promise<T>): Promise<T> {
    const pause = pausedUntil - Date.now();
    if (pause > 0) throw rateLimited(CLERK, Math.ceil(pause / 1000));
    // One call tries whether Clerk is back. The others do not wait for it.
    if (breaker.state === CircuitState.HalfOpen)
      throw upstreamUnavailable(CLERK, 'Clerk is being tried again.');
    return breaker.execute(async () => {
      await budget.spend('all');
      try {
        return await withTimeout(ATTEMPT_MS, (signal) => withinDeadline(CLERK, signal, send));
      } catch (error) {
        const coded = toCodedError(error);
        // Clerk limits writes for each user by themselves: theirs must not hold up the rest.
        if (kind === 'read' && clerkStatus(coded) === 429)
          pausedUntil = Date.now() + (retryAfterMs(coded) ?? 1_000);
        throw coded;
      }
    });
  }

  const call: BackendApi['call'] = (kind, deadline, send) => {
    const retries = retry(
      handleWhen((error) => delayBeforeRetry(error, kind, deadline) !== undefined),
      {
        maxAttempts: 1,
        backoff: new DelegateBackoff(({ result }) =>
          'error' in result ? (delayBeforeRetry(result.error, kind, deadline) ?? 0) : 0,
        ),
      },
    );
    return withinDeadline(CLERK, deadline.signal, () =>
      retries.execute(() => attempt(kind, send).catch(throwCoded), deadline.signal),
    );
  };
  return { call, sharedRead: (send) => call('read', deadlineIn(timeoutMs), send) };
}

function throwCoded(error: unknown): never {
  throw error instanceof BrokenCircuitError ? upstreamUnavailable(CLERK, error) : toCodedError(error);
}

/** Whether Clerk, and not the call, is to blame. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof GatehouseError)) return false;
  if (error.code === 'UPSTREAM_TIMEOUT') return true;
  const status = clerkStatus(error);
  return error.code === 'UPSTREAM_UNAVAILABLE' && (status === undefined || status >= 500);
}

/** Milliseconds after which a call is worth one more try; `undefined` where it is not, or not in time. */
function delayBeforeRetry(error: unknown, kind: CallKind, deadline: Deadline): number | undefined {
  if (!(error instanceof GatehouseError)) return undefined;
  const delay = retryDelay(error, kind);
  return delay !== undefined && Date.now() + delay < deadline.at ? delay : undefined;
}

function retryDelay(error: GatehouseError, kind: CallKind): number | undefined {
  // Clerk did not begin: whatever it was may be sent again.
  if (clerkStatus(error) === 429) return retryAfterMs(error);
  const worthwhile = kind === 'read' && error.code === 'UPSTREAM_UNAVAILABLE' && isOutage(error);
  return worthwhile && !(error.cause instanceof BrokenCircuitError) ? RETRY_DELAY_MS : undefined;
}

function retryAfterMs({ details }: GatehouseError): number | undefined {
  return typeof details.retryAfter === 'number' ? details.retryAfter * 1000 : undefined;
}
