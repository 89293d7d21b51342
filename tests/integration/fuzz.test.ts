import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isErrorCode } from '../../errors/codes';
import type { Gateway } from '../../gateway';
import { lookForLeaks } from '../harness/leaks';
import { APP_URL, ENDPOINT_URL, startWorld, type World } from '../harness/world';

/** Deterministic: a failing run can be repeated, and is shrunk to what matters. */
const SEED = 20_261_125;
const CASES = 10_000;

let world: World;
let gateway: Gateway;
let token: string;
let own: string;
let others: readonly string[];

beforeAll(async () => {
  world = await startWorld({ GATEWAY_MAX_BATCH: '3', GATEWAY_CACHE_SECONDS: '3600' });
  gateway = world.gateway;
  token = await world.token('ada', { ttl: 3_600, org: 'acme' });
  const [ada, ...rest] = world.clerk.users;
  own = ada?.id ?? '';
  others = rest.flatMap(({ id, email }) => [id, email]);
});
afterAll(() => world.close());

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

function tokenFrom(wanted: string | { readonly at: number; readonly piece: string }): string {
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

const exchange = fc.record({
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

type Exchange = typeof exchange extends fc.Arbitrary<infer T> ? T : never;

function toRequest({ method, search, headers: wanted, body: sent }: Exchange): Request {
  const { bearer, cookie, uat, ...rest } = wanted;
  const built = new Headers(
    Object.entries(rest).filter(([, value]) => value !== undefined) as [string, string][],
  );
  if (bearer !== undefined) built.set('authorization', `Bearer ${tokenFrom(bearer)}`);
  if (cookie !== undefined) built.set('cookie', `__session=${tokenFrom(cookie)}; __client_uat=${uat ?? '1'}`);
  const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
  return new Request(`${ENDPOINT_URL}${search}`, {
    method,
    headers: built,
    ...(hasBody ? { body: sent } : {}),
  });
}

test(`${CASES} made-up requests are answered: no 500, no unmasked word, nobody else's data`, {
  timeout: 300_000,
}, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(exchange, async (wanted) => {
      const response = await gateway.fetch(toRequest(wanted));
      const text = await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      lookForLeaks('an answer', text);
      expect(response.status).not.toBe(500);
      expect(text).not.toMatch(/node_modules|\bat .*\.[jt]s:\d|originalError|INTERNAL_SERVER_ERROR/);
      for (const other of others) expect(text).not.toContain(other);
      if (text === '' || !(response.headers.get('content-type') ?? '').includes('json')) return;
      const answers = [JSON.parse(text)].flat();
      for (const { errors = [] } of answers)
        for (const { extensions } of errors) expect(isErrorCode(extensions.code), extensions.code).toBe(true);
    }),
    { seed: SEED, numRuns: CASES, endOnFailure: false },
  );
  // What was made up reached every part: answers, refusals of each kind.
  for (const status of [200, 400, 401, 403, 405, 415])
    expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(10);
  expect(world.log.filter(({ level }) => level === 50)).toEqual([]);
  expect(own).not.toBe('');
});
