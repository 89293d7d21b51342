import { randomUUID } from 'node:crypto';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Authentication } from '../sources/clerk';
import type { Deadline } from '../sources/deadline';
import type { Observe, SourceCall } from '../sources/observe';
import { clientAddress } from './client-address';
import type { GatewayConfig } from './env';
import type { RateLimitState } from './rate-limits';

/** A request on its way through the gateway. Plugins share it; no two requests do. */
export interface Exchange {
  /** Names the request in the log and in the answer. */
  readonly requestId: string;
  /** How long the request may take. */
  readonly deadline: Deadline;
  /** Of the caller; null where it is not known for certain. */
  readonly address: string | null;
  /** The calls to sources that it waited for so far. */
  readonly calls: readonly SourceCall[];
  /** Adds to {@link Exchange.calls}. */
  readonly observe: Observe;
  /** Set once the request is authenticated. */
  authentication?: Authentication;
  /** What each operation costs that was let through, in points, by its parameters: a batch has several. */
  readonly costs: Map<GraphQLParams, number>;
  /** How much of a minute's cost is left for the principal. */
  rateLimit?: RateLimitState;
  /** The operation, for the log; the last of a batch. */
  operation?: { readonly name: string | null; readonly hash: string };
  /** Codes of the errors in the answer, each once. */
  codes?: readonly string[];
  /** Age, in milliseconds, of the oldest record that was answered although it is older than promised. */
  staleForMs?: number;
}

/** What Yoga hands from step to step: it copies this object, and keeps the exchange in it. */
export interface ServerContext {
  readonly exchange: Exchange;
}

/** A step on the way of a request. */
export type GatewayPlugin = Plugin<ServerContext, ServerContext>;

/** What the server that took a request knows of its connection. */
export interface Connection {
  /** Address of the other end: the caller's, or that of the nearest proxy. */
  readonly address?: string;
}

/** Begins the exchange. `end` releases its timer. */
export function beginExchange(
  request: Request,
  connection: Connection,
  { timeoutMs, trustedProxies }: GatewayConfig,
): { exchange: Exchange; end: () => void } {
  const timeout = new AbortController();
  const timer = setTimeout(
    () => timeout.abort(new DOMException('The request took too long.', 'TimeoutError')),
    timeoutMs,
  );
  timer.unref();
  const calls: SourceCall[] = [];
  return {
    exchange: {
      requestId: randomUUID(),
      deadline: {
        signal: AbortSignal.any([request.signal, timeout.signal]),
        at: Date.now() + timeoutMs,
      },
      address: clientAddress(request.headers, connection.address, trustedProxies),
      calls,
      costs: new Map(),
      observe: (call) => calls.push(call),
    },
    end: () => clearTimeout(timer),
  };
}
