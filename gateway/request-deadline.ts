import { type Deadline, startTimeout, type Timeout } from '../sources/deadline';

/** Whether whoever sent a request still waits for the answer. */
export interface Caller {
  readonly aborted: boolean;
  readonly reason: unknown;
  readonly signal: AbortSignal;
}

/** The caller of a `Request`. */
export function callerOf(request: Request): Caller {
  return {
    get aborted() {
      return request.signal.aborted;
    },
    get reason() {
      return request.signal.reason;
    },
    get signal() {
      return request.signal;
    },
  };
}

/** The deadline of a request. Most are answered without waiting for anything: its signal and timer are made for those who ask. */
export class RequestDeadline implements Deadline {
  readonly at: number;
  readonly #caller: Caller;
  #signal: AbortSignal | undefined;
  #timeout: Timeout | undefined;

  constructor(caller: Caller, timeoutMs: number) {
    this.#caller = caller;
    this.at = Date.now() + timeoutMs;
  }

  get signal(): AbortSignal {
    this.#signal ??= this.#start();
    return this.#signal;
  }

  /** Releases the timer. */
  end(): void {
    this.#timeout?.end();
  }

  #start(): AbortSignal {
    this.#timeout = startTimeout(this.at - Date.now(), 'The request took too long.');
    return AbortSignal.any([this.#caller.signal, this.#timeout.signal]);
  }
}
