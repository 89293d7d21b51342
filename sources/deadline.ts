import type { SourceName } from '../errors/upstream-errors';
import { upstreamTimeout, upstreamUnavailable } from '../errors/upstream-errors';

/** How long somebody waits. */
export interface Deadline {
  /** Fires when it passes, with a `TimeoutError`, or when whoever waits goes away. */
  readonly signal: AbortSignal;
  /** When it passes, in milliseconds since 1970. */
  readonly at: number;
}

/** A deadline of its own, for work that no single request waits for. */
export function deadlineIn(ms: number): Deadline {
  return { signal: AbortSignal.timeout(ms), at: Date.now() + ms };
}

/** A signal that fires with a `TimeoutError`, unless it is ended before. */
export interface Timeout {
  readonly signal: AbortSignal;
  /** Ends its timer: one that runs keeps what is known of the request that started it. */
  end(): void;
}

/** Not `AbortSignal.timeout`: its timer cannot be ended, and Node 20 collects one that only `AbortSignal.any` holds, so that it never fires. */
export function startTimeout(ms: number, message = 'It took too long.'): Timeout {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException(message, 'TimeoutError')), ms);
  timer.unref();
  return { signal: controller.signal, end: () => clearTimeout(timer) };
}

/** Calls with a signal that fires after `ms` with a `TimeoutError`. */
export async function withTimeout<T>(ms: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, end } = startTimeout(ms);
  try {
    return await call(signal);
  } finally {
    end();
  }
}

/** Fires when `signal` does, or after `ms` with a `TimeoutError`. */
export function withinLimit(signal: AbortSignal, ms: number): AbortSignal {
  return AbortSignal.any([signal, startTimeout(ms).signal]);
}

/**
 * Waits for a call no longer than the request may take. For calls that take no signal themselves: the call
 * goes on unseen, and its late failure is dropped.
 *
 * @throws {GatehouseError} `UPSTREAM_TIMEOUT` when the deadline passes, `UPSTREAM_UNAVAILABLE` when the caller goes away.
 */
export function withinDeadline<T>(
  source: SourceName,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(abortError(source, signal));
    const onAbort = () => reject(abortError(source, signal));
    signal.addEventListener('abort', onAbort, { once: true });
    call()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** The failure to report after `signal` has fired: its deadline passed, or the caller went away. */
export function abortError(source: SourceName, signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? upstreamTimeout(source, reason)
    : upstreamUnavailable(source, reason);
}
