import { randomUUID } from 'node:crypto';
import type { GraphQLParams } from 'graphql-yoga';
import type { Authentication, DigestOf } from '../sources/clerk';
import type { Deadline } from '../sources/deadline';
import type { Observe, SourceCall } from '../sources/observe';
import { clientAddress } from './client-address';
import type { GatewayConfig } from './env';
import type { HeaderReader } from './header-reader';
import type { RateLimitState } from './rate-limits';
import { type Caller, RequestDeadline } from './request-deadline';

/** A request on its way through the gateway. The steps share it; no two requests do. */
export interface Exchange {
  /** Names the request in the log and in the answer. */
  readonly requestId: string;
  /** When it began, in milliseconds of `performance.now()`. */
  readonly startedAt: number;
  readonly caller: Caller;
  /** How long the request may take. */
  readonly deadline: Deadline;
  /** Of the caller; null where it is not known for certain. */
  readonly address: string | null;
  /** See {@link Connection.digestOf}. */
  readonly digestOf: DigestOf | undefined;
  /** The calls to sources that it waited for so far. */
  readonly calls: readonly SourceCall[];
  /** Adds to {@link Exchange.calls}. */
  readonly observe: Observe;
  /** Set once the request is authenticated. */
  authentication?: Authentication;
  /** What the operations cost together that were let through, in points: a batch has several. */
  cost: number;
  /** How much of a minute's cost is left for the principal. */
  rateLimit?: RateLimitState;
  /** The operation, for the log; the last of a batch. */
  operation?: { readonly name: string | null; readonly hash: string };
  /** Codes of the errors in the answer, each once. */
  codes?: readonly string[];
  /** Age, in milliseconds, of the oldest record that was answered although it is older than promised. */
  staleForMs?: number;
}

/** What the server that took a request knows of its connection. */
export interface Connection {
  /** Address of the other end: the caller's, or that of the nearest proxy. */
  readonly address?: string | undefined;
  /** Of the credentials that come over it, where one client's requests follow each other. */
  readonly digestOf?: DigestOf | undefined;
}

/** What an operation consists of, as a request names it. */
export type OperationParams = Pick<GraphQLParams, 'query' | 'operationName' | 'variables' | 'extensions'>;

/** Begins the exchange. `end` releases its timer. */
export function beginExchange(
  headers: HeaderReader,
  caller: Caller,
  connection: Connection,
  { timeoutMs, trustedProxies }: GatewayConfig,
): { exchange: Exchange; end: () => void } {
  const deadline = new RequestDeadline(caller, timeoutMs);
  const calls: SourceCall[] = [];
  return {
    exchange: {
      requestId: randomUUID(),
      startedAt: performance.now(),
      caller,
      deadline,
      address: clientAddress(headers, connection.address, trustedProxies),
      digestOf: connection.digestOf,
      calls,
      cost: 0,
      observe: (call) => calls.push(call),
    },
    end: () => deadline.end(),
  };
}
