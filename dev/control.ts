import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';

/** What a local service does instead of answering. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** `Retry-After`, in seconds. */
      readonly retryAfter?: number;
      readonly body?: string;
      readonly contentType?: string;
      /** `Location`, for a redirect. */
      readonly location?: string;
    }
  /** Answers as usual, but only after so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Ends the connection without an answer. */
  | { readonly kind: 'close' };

/** The next `times` calls of the endpoints that start with `endpoint` meet the fault. */
export interface FaultRule {
  /** Start of an endpoint's name as {@link Control.calls} counts it, such as `GET /v1/users`. Default: every endpoint. */
  readonly endpoint?: string;
  /** Default: 1. */
  readonly times?: number;
  readonly fault: Fault;
}

type Env = { Bindings: Partial<HttpBindings> };

/** Path prefix of the control endpoints, which are neither counted nor faulted. */
export const CONTROL_PATH = '/__control';

/** Path segments that are ids of Clerk objects or UUIDs, and so do not belong in an endpoint's name. */
const ID_SEGMENT =
  /\/(?:(?:user|sess|org|orgmem|client|sia|sua|idn|sit|ak|mt|oat|mch|jwt|evt)_[A-Za-z0-9]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=\/|$)/gi;

/**
 * Counts the calls of a local service by endpoint and makes it misbehave on request.
 * A test in the same process calls its methods, anybody else the endpoints of {@link Control.routes}.
 */
export class Control {
  readonly #calls = new Map<string, number>();
  #rules: { endpoint: string; left: number; fault: Fault }[] = [];
  readonly #onReset: () => void | Promise<void>;

  /** @param onReset puts the service's own state back to its seed. */
  constructor(onReset: () => void | Promise<void> = () => {}) {
    this.#onReset = onReset;
  }

  /** Calls since the last reset by endpoint: `{ 'GET /v1/users/:id': 2 }`. */
  calls(): Record<string, number> {
    return Object.fromEntries(this.#calls);
  }

  /** Number of calls since the last reset, of every endpoint or of those that start with `endpoint`. */
  total(endpoint = ''): number {
    let sum = 0;
    for (const [name, count] of this.#calls) if (name.startsWith(endpoint)) sum += count;
    return sum;
  }

  inject({ endpoint = '', times = 1, fault }: FaultRule): void {
    this.#rules.push({ endpoint, left: times, fault });
  }

  /** Forgets counts and faults, and leaves the service's state alone. */
  clear(): void {
    this.#calls.clear();
    this.#rules = [];
  }

  /** Forgets counts and faults, and puts the service's state back to its seed. */
  async reset(): Promise<void> {
    this.clear();
    await this.#onReset();
  }

  /** Counts each request and applies the faults. Goes before every other handler. */
  middleware(): MiddlewareHandler<Env> {
    return async (c, next) => {
      if (c.req.path.startsWith(`${CONTROL_PATH}/`)) return next();
      const endpoint = `${c.req.method} ${c.req.path.replace(ID_SEGMENT, '/:id')}`;
      this.#calls.set(endpoint, (this.#calls.get(endpoint) ?? 0) + 1);
      const fault = this.#take(endpoint);
      return fault === undefined ? next() : meet(fault, c, next);
    };
  }

  /** `POST /__control/faults` (a {@link FaultRule}), `GET /__control/calls`, `POST /__control/reset`. */
  routes(): Hono<Env> {
    return new Hono<Env>()
      .post('/faults', async (c) => {
        this.inject(await c.req.json<FaultRule>());
        return c.body(null, 204);
      })
      .get('/calls', (c) => c.json(this.calls()))
      .post('/reset', async (c) => {
        await this.reset();
        return c.body(null, 204);
      });
  }

  #take(endpoint: string): Fault | undefined {
    const rule = this.#rules.find((candidate) => endpoint.startsWith(candidate.endpoint));
    if (rule === undefined) return undefined;
    rule.left -= 1;
    if (rule.left <= 0) this.#rules = this.#rules.filter((other) => other !== rule);
    return rule.fault;
  }
}

async function meet(fault: Fault, c: Context<Env>, next: () => Promise<void>): Promise<Response | undefined> {
  switch (fault.kind) {
    case 'status':
      return new Response(fault.body ?? '', {
        status: fault.status,
        headers: {
          'content-type': fault.contentType ?? 'text/plain',
          ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
          ...(fault.location === undefined ? {} : { location: fault.location }),
        },
      });
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      await next();
      return undefined;
    case 'close':
      c.env.incoming?.socket.destroy();
      return new Promise(() => {});
    case 'hang':
      return new Promise(() => {});
  }
}
