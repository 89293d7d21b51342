import { GraphQLError } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { GatehouseError } from '../errors/gatehouse-error';
import { tooLarge } from '../errors/limit-errors';
import type { Limits } from './env';
import type { HeaderReader } from './header-reader';
import { parseJson } from './parse-json';

/** In UTF-8, the only encoding that JSON has (RFC 8259). */
const JSON_TYPES = /^application\/(graphql\+)?json *(; *charset *= *"?utf-?8"? *)?;? *$/i;

/**
 * Takes bodies in JSON only. Browsers send forms and plain text for any page, without asking the server first; JSON
 * they send for another origin only after it allowed that.
 * @throws {GraphQLError} `BAD_REQUEST`, with status 415.
 */
export function checkMediaType(method: string, headers: HeaderReader): void {
  if (method !== 'POST') return;
  if (!JSON_TYPES.test(headers.get('content-type') ?? ''))
    throw unsupported('Send the operation as JSON, with Content-Type: application/json.');
  if (!/^(identity)?$/i.test(headers.get('content-encoding') ?? ''))
    throw unsupported('Send the operation uncompressed.');
}

function unsupported(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 415 } } });
}

/**
 * What a body asks for: an operation, or several in a list. The form of their parameters is for Yoga to check.
 * @throws {GatehouseError} `BAD_REQUEST`.
 */
export function parametersOf(body: string, { batch }: Limits): GraphQLParams | GraphQLParams[] {
  const value = parseJson(body);
  const operations: unknown[] = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) && (value.length === 0 || value.length > batch))
    throw new GatehouseError('BAD_REQUEST', `A request takes 1 to ${batch} operations.`, {
      measure: 'batch',
      limit: batch,
      actual: value.length,
    });
  if (!operations.every(isObject)) throw new GatehouseError('BAD_REQUEST', 'An operation is a JSON object.');
  return (Array.isArray(value) ? operations : value) as GraphQLParams | GraphQLParams[];
}

/** The protocol's own parameters of an operation. */
export const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const;
const OBJECTS: ReadonlySet<string> = new Set(['variables', 'extensions']);

/** https://graphql.github.io/graphql-over-http/draft/#sec-GET: objects are written as JSON. Others' parameters mean nothing. */
export function parametersIn(address: URLSearchParams): GraphQLParams {
  const parameters: Record<string, unknown> = {};
  for (const name of PARAMETERS) {
    const value = address.get(name);
    if (value) parameters[name] = OBJECTS.has(name) ? parseJson(value) : value;
  }
  return parameters;
}

/** @throws {GatehouseError} `REQUEST_ENTITY_TOO_LARGE`. */
export function checkVariables(variables: unknown, limits: Limits): void {
  if (variables == null) return;
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > limits.variables) throw tooLarge('variables', limits.variables, bytes);
}

/** A JSON object: neither a list nor null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
