import { randomUUID } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import type { Authentication } from '../sources/clerk';
import { clientAddress } from './client-address';
import type { GatewayConfig } from './env';

/** A request on its way through the gateway. Plugins share it; no two requests do. */
export interface Exchange {
  /** Names the request in the log and in the answer. */
  readonly requestId: string;
  /** Fires at the deadline, with a `TimeoutError`, or when the caller goes away. */
  readonly signal: AbortSignal;
  /** Of the caller; null where it is not known for certain. */
  readonly address: string | null;
  /** Set once the request is authenticated. */
  authentication?: Authentication;
}

/** What Yoga hands from step to step: it copies this object, and keeps the exchange in it. */
export interface ServerContext {
  readonly exchange: Exchange;
}

/** A step on the way of a request. */
export type GatewayPlugin = Plugin<Record<never, never>, ServerContext>;

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
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new DOMException('The request took too long.', 'TimeoutError')),
    timeoutMs,
  );
  timer.unref();
  return {
    exchange: {
      requestId: randomUUID(),
      signal: AbortSignal.any([request.signal, deadline.signal]),
      address: clientAddress(request.headers, connection.address, trustedProxies),
    },
    end: () => clearTimeout(timer),
  };
}
