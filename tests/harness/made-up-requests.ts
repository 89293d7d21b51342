import fc from 'fast-check';
import { APP_URL, ENDPOINT_URL } from './world';

const name = fc.constantFrom(
  'viewer',
  'id',
  'firstName',
  'externalData',
  'tasks',
  'edges',
  'node',
  'title',
  'principal',
  'organization',
  'pageInfo',
  'endCursor',
  '__typename',
  '__proto__',
  'constructor',
  'toString',
  'x',
  'é',
  '',
);

/** Something like GraphQL. */
const document = fc.oneof(
  fc.letrec((tie) => ({
    selection: fc.oneof(
      { maxDepth: 6 },
      name,
      fc.tuple(name, tie('set')).map(([field, set]) => `${field} ${set}`),
      fc
        .tuple(name, fc.string(), tie('set'))
        .map(([field, value, set]) => `${field}(first: ${value}) ${set}`),
      fc.tuple(name, tie('set')).map(([type, set]) => `... on ${type} ${set}`),
    ),
    set: fc.array(tie('selection'), { minLength: 1, maxLength: 4 }).map((all) => `{ ${all.join(' ')} }`),
  })).set as fc.Arbitrary<string>,
  fc.constantFrom(
    '{ viewer { id firstName organization { name } } }',
    '{ externalData { tasks(first: 2) { edges { cursor node { id title } } } } }',
    'query ($a: String, $n: Int) { externalData { tasks(first: $n, after: $a) { totalCount } } }',
    'query ($f: TaskFilter) { externalData { tasks(first: 1, filter: $f) { totalCount } } }',
    '{ __schema { types { name } } }',
    'subscription { x }',
    '{ ...F } fragment F on Query { ...F }',
  ),
  fc.string({ unit: 'binary' }),
  fc.string(),
);

const operation = fc.record(
  {
    query: fc.oneof({ weight: 8, arbitrary: document }, { weight: 1, arbitrary: fc.jsonValue() }),
    variables: fc.oneof(
      fc.record(
        { a: fc.jsonValue(), n: fc.oneof(fc.integer(), fc.jsonValue()), f: fc.jsonValue() },
        { requiredKeys: [] },
      ),
      fc.jsonValue(),
    ),
    operationName: fc.oneof(fc.string(), fc.jsonValue()),
    extensions: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

const body: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 8, arbitrary: operation.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.array(operation, { maxLength: 4 }).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.uint8Array().map((bytes) => new Uint8Array(bytes)) },
  // Cut off somewhere.
  {
    weight: 1,
    arbitrary: fc.tuple(operation, fc.nat(200)).map(([value, end]) => JSON.stringify(value).slice(0, end)),
  },
);

const visible = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

/** A token: good, none, or a good one that something happened to. */
const credential = fc.oneof(
  { weight: 4, arbitrary: fc.constant('good') },
  { weight: 1, arbitrary: visible },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(600), visible).map(([at, piece]) => ({ at, piece })),
  },
);

function tokenFrom(token: string, wanted: string | { readonly at: number; readonly piece: string }): string {
  if (wanted === 'good') return token;
  return typeof wanted === 'string'
    ? wanted
    : token.slice(0, wanted.at) + wanted.piece + token.slice(wanted.at + 1);
}

const headers = fc.record(
  {
    bearer: credential,
    cookie: credential,
    uat: fc.oneof(fc.constant('1'), visible),
    'content-type': fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: visible },
      {
        weight: 1,
        arbitrary: fc.constantFrom('application/graphql+json', 'text/plain', 'multipart/form-data'),
      },
    ),
    accept: fc.oneof(
      fc.constantFrom(
        'application/json',
        'application/graphql-response+json',
        '*/*',
        'text/event-stream',
        'text/html',
      ),
      visible,
    ),
    origin: fc.oneof(fc.constantFrom(APP_URL, 'null', 'https://evil.example'), visible),
    'sec-fetch-site': fc.oneof(fc.constantFrom('same-origin', 'cross-site', 'none'), visible),
    'x-forwarded-for': visible,
    'x-forwarded-host': visible,
    'content-encoding': fc.oneof(fc.constantFrom('gzip', 'identity', ''), visible),
  },
  { requiredKeys: ['content-type'] },
);

/** A request that somebody made up, more or less like one to the endpoint. */
export const madeUpRequest = fc.record({
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constant('POST') },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH') },
  ),
  search: fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.webQueryParameters().map((text) => `?${text}`) },
    {
      weight: 1,
      arbitrary: document.map(
        (text) => `?query=${encodeURIComponent(text.replace(/\p{Cs}/gu, ''))}&variables={}`,
      ),
    },
    {
      weight: 1,
      arbitrary: visible.map((text) => `?query={__typename}&variables=${encodeURIComponent(text)}`),
    },
  ),
  headers,
  body,
});

export type MadeUpRequest = typeof madeUpRequest extends fc.Arbitrary<infer T> ? T : never;

/** @param token a good one. */
export function toRequest(
  { method, search, headers: wanted, body: sent }: MadeUpRequest,
  token: string,
): Request {
  const { bearer, cookie, uat, ...rest } = wanted;
  const built = new Headers(
    Object.entries(rest).filter(([, value]) => value !== undefined) as [string, string][],
  );
  if (bearer !== undefined) built.set('authorization', `Bearer ${tokenFrom(token, bearer)}`);
  if (cookie !== undefined)
    built.set('cookie', `__session=${tokenFrom(token, cookie)}; __client_uat=${uat ?? '1'}`);
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
  return new Request(`${ENDPOINT_URL}${search}`, {
    method,
    headers: built,
    ...(hasBody ? { body: sent } : {}),
  });
}
