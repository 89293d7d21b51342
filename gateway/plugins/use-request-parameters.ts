import { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { GatehouseError } from '../../errors/gatehouse-error';
import type { Limits } from '../env';
import type { GatewayPlugin } from '../exchange';
import { parseJson } from '../parse-json';
import { readBody } from '../read-body';

/** In UTF-8, the only encoding that JSON has (RFC 8259). */
const JSON_TYPES = /^application\/(graphql\+)?json *(; *charset *= *"?utf-?8"? *)?;? *$/i;

/**
 * Takes bodies in JSON only. Browsers send forms and plain text for any page, without asking the server first; JSON
 * they send for another origin only after it allowed that.
 */
export function useJsonOnly(): GatewayPlugin {
  return {
    onRequestParse({ request: { method, headers } }) {
      if (method !== 'POST') return;
      if (!JSON_TYPES.test(headers.get('content-type') ?? ''))
        throw unsupported('Send the operation as JSON, with Content-Type: application/json.');
      if (!/^(identity)?$/i.test(headers.get('content-encoding') ?? ''))
        throw unsupported('Send the operation uncompressed.');
    },
  };
}

function unsupported(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 415 } } });
}

/** Reads and parses what a request asks for: of a POST its body, within its limits and the request's deadline. */
export function useRequestParameters(limits: Limits): GatewayPlugin {
  return {
    onRequestParse({ request, setRequestParser, serverContext: { exchange } }) {
      if (request.method === 'GET') setRequestParser(() => fromAddress(new URL(request.url).searchParams));
      if (request.method !== 'POST') return;
      setRequestParser(async () => {
        const text = await readBody(request, limits.body, exchange.deadline.signal);
        const body = parseJson(text);
        const operations: unknown[] = Array.isArray(body) ? body : [body];
        if (Array.isArray(body) && (body.length === 0 || body.length > limits.batch))
          throw new GatehouseError('BAD_REQUEST', `A request takes 1 to ${limits.batch} operations.`, {
            measure: 'batch',
            limit: limits.batch,
            actual: body.length,
          });
        if (!operations.every(isObject))
          throw new GatehouseError('BAD_REQUEST', 'An operation is a JSON object.');
        // Their form is checked by Yoga, parameter by parameter.
        return (Array.isArray(body) ? operations : body) as GraphQLParams;
      });
    },
  };
}

const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const;
const OBJECTS: ReadonlySet<string> = new Set(['variables', 'extensions']);

/** https://graphql.github.io/graphql-over-http/draft/#sec-GET: objects are written as JSON. Others' parameters mean nothing. */
function fromAddress(address: URLSearchParams): GraphQLParams {
  const parameters: Record<string, unknown> = {};
  for (const name of PARAMETERS) {
    const value = address.get(name);
    if (value) parameters[name] = OBJECTS.has(name) ? parseJson(value) : value;
  }
  return parameters;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
