import { GatehouseError } from '../errors/gatehouse-error';
import { CALLER_WENT_AWAY, type Closing, type HeaderFields } from './closing';
import { type Answer, type Core, type RequestHead, refusal } from './core';
import type { GatewayConfig } from './env';
import { beginExchange, type Connection, type Exchange, type OperationParams } from './exchange';
import { isObject, PARAMETERS, parametersOf } from './parameters';
import { ENDPOINT } from './paths';
import type { Caller } from './request-deadline';

/** A request as a server gets it that has no `Request`. */
export interface Arrival extends RequestHead, Connection {
  /** Path and query. */
  readonly url: string;
  readonly caller: Caller;
  /**
   * The body, as text, whose length the header fields tell.
   * @param patienceMs how long it may take to arrive, in milliseconds.
   * @throws {GatehouseError} `BAD_REQUEST` where it is not UTF-8, or has not come in time.
   */
  readBody(patienceMs: number): Promise<string>;
}

/** An answer for a server that has no `Response`. */
export interface PlainAnswer {
  readonly status: number;
  readonly fields: HeaderFields;
  readonly body: string;
}

/**
 * The way of ordinary requests without a `Request`, a `Response` and a server in between: an operation that is sent with POST. It
 * takes the core's steps, and answers to the letter what `Gateway.fetch` answers.
 *
 * Undefined where a rule of HTTP or of GraphQL over HTTP has something to say, which Yoga knows: hand the request to
 * `Gateway.fetch` then. Nothing has been executed, spent or logged. Never rejects.
 */
export type FastPath = (arrival: Arrival) => Promise<PlainAnswer | undefined>;

const JSON_TEXT = 'application/json; charset=utf-8';
const GRAPHQL_RESPONSE = 'application/graphql-response+json; charset=utf-8';

/** Media type of the answer by what clients commonly accept. Yoga knows all the rest. */
const MEDIA_TYPES: ReadonlyMap<string | null, string> = new Map([
  [null, JSON_TEXT],
  ['*/*', JSON_TEXT],
  ['application/json', JSON_TEXT],
  ['application/graphql-response+json', GRAPHQL_RESPONSE],
  // Apollo Client.
  ['application/graphql-response+json,application/json;q=0.9', GRAPHQL_RESPONSE],
  // urql.
  [
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    GRAPHQL_RESPONSE,
  ],
]);

export function createFastPath(core: Core, config: GatewayConfig, closing: Closing): FastPath {
  /** Undefined: Yoga's. A refusal with a code of ours is the same whoever puts it into HTTP. */
  async function answer(arrival: Arrival, exchange: Exchange): Promise<Answer | undefined> {
    let admitted: ReturnType<Core['admit']>;
    let params: OperationParams;
    try {
      if (!(await core.receive(arrival, exchange))) return undefined;
      const sent = parametersOf(await arrival.readBody(config.timeoutMs), config.limits);
      if (!isOperation(sent)) return undefined;
      params = core.readParams(sent);
      admitted = core.admit(params, arrival.method, exchange);
    } catch (error) {
      return error instanceof GatehouseError ? core.report(refusal(error), exchange) : undefined;
    }
    if (!('operation' in admitted)) return undefined;
    try {
      return core.report(await core.execute(admitted, params, exchange), exchange);
    } catch (error) {
      return arrival.caller.aborted ? GONE : core.report(refusal(error), exchange);
    }
  }

  return async (arrival) => {
    const { method, url, headers } = arrival;
    if (method !== 'POST' || url !== ENDPOINT) return undefined;
    const mediaType = MEDIA_TYPES.get(headers.get('accept'));
    // What comes in chunks may have no end.
    const bytes = Number(headers.get('content-length') ?? Number.NaN);
    if (mediaType === undefined || !(bytes <= config.limits.body)) return undefined;
    const { exchange, end } = beginExchange(headers, arrival.caller, arrival, config);
    try {
      const answered = await answer(arrival, exchange);
      if (answered === undefined) return undefined;
      const { result, http = OK } = answered;
      closing.log(method, url, http.status, exchange);
      const fields = closing.fields(arrival, url, exchange);
      fields.push('content-type', mediaType);
      for (const [name, value] of Object.entries(http.headers)) fields.push(name, value);
      return { status: http.status, fields, body: JSON.stringify(result) };
    } finally {
      end();
    }
  };
}

const OK = { status: 200, headers: {} } as const;

/** Nobody reads it. */
const GONE: Answer = { result: {}, http: { status: CALLER_WENT_AWAY, headers: {} } };

const KNOWN_PARAMETERS: ReadonlySet<string> = new Set([...PARAMETERS, 'documentId']);

/** Whether it is one operation whose parameters are what the protocol says. What they are otherwise Yoga tells. */
function isOperation(sent: unknown): sent is OperationParams {
  if (!isObject(sent)) return false;
  const { query, operationName, variables, extensions } = sent;
  return (
    Object.keys(sent).every((name) => KNOWN_PARAMETERS.has(name)) &&
    (query == null || typeof query === 'string') &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || isObject(variables)) &&
    (extensions == null || isObject(extensions))
  );
}
