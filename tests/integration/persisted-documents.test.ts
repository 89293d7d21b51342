import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { type Answer, send, sendParams } from '../harness/client';
import { startWorld, type World } from '../harness/world';

const sha256 = (document: string) => createHash('sha256').update(document).digest('hex');
const persistedQuery = (sha256Hash: unknown) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
});

const VIEWER = '{ viewer { id firstName } }';
const NAMED = `query First { viewer { firstName } } query Last($first: Int) {
  viewer { lastName organizations(first: $first) { totalCount } } }`;
const RENAME = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { viewer { firstName } } }`;
const MEMBERS = '{ viewer { organization { members { totalCount } } } }';
const INTROSPECT = '{ __schema { queryType { name } } }';
const UNKNOWN = '{ viewer { id lastName } }';

const DOCUMENTS = Object.fromEntries([
  ...[VIEWER, NAMED, RENAME].map((document) => [`sha256:${sha256(document)}`, document]),
  // A manifest need not have prefixes.
  ...[MEMBERS, INTROSPECT].map((document) => [sha256(document), document]),
]);

const MODES = ['any', 'persisted-preferred', 'persisted-only'] as const;
type Mode = (typeof MODES)[number];

let world: World;
let token: string;

beforeAll(async () => {
  world = await startWorld();
  token = await world.token('ada', { ttl: 600 });
});
beforeEach(() => world.clerk.control.reset());
afterAll(() => world.close());

const gatewayIn = (mode: Mode, variables: Readonly<Record<string, string>> = {}): Gateway =>
  world.gatewayWith({ ...variables, GATEWAY_DOCUMENTS: mode }, { documents: DOCUMENTS });

/** What comes of a request, without what differs by accident. */
const outcome = ({ status, codes, data }: Answer) => ({ status, codes, data });

const RUNS = { status: 200, codes: [], data: { viewer: { firstName: 'Ada' } } };
const RUNS_UNKNOWN = { status: 200, codes: [], data: { viewer: { lastName: 'Lovelace' } } };
const NOT_FOUND = { status: 400, codes: ['PERSISTED_QUERY_NOT_FOUND'], data: undefined };
const BAD_REQUEST = { status: 400, codes: ['BAD_REQUEST'], data: undefined };

type Params = Readonly<Record<string, unknown>>;

/** What each request comes to: in every mode, or in that of known documents only and in the others. */
const REQUESTS: readonly (readonly [name: string, params: Params, inOnly: object, inOthers?: object])[] = [
  ['a known hash', persistedQuery(sha256(VIEWER)), RUNS],
  [
    'a known hash without a version',
    { extensions: { persistedQuery: { sha256Hash: sha256(VIEWER) } } },
    RUNS,
  ],
  ['a known documentId', { documentId: `sha256:${sha256(VIEWER)}` }, RUNS],
  ['a known documentId without its prefix', { documentId: sha256(VIEWER) }, RUNS],
  ['both ids', { documentId: sha256(VIEWER), ...persistedQuery(sha256(VIEWER)) }, RUNS],
  ['a known document', { query: VIEWER }, RUNS],
  ['a known document and its hash', { query: VIEWER, ...persistedQuery(sha256(VIEWER)) }, RUNS],
  ['an unknown hash', persistedQuery(sha256(UNKNOWN)), NOT_FOUND],
  ['an unknown documentId', { documentId: `sha256:${sha256(UNKNOWN)}` }, NOT_FOUND],
  ['a documentId that is no hash', { documentId: 'x-relay:Viewer' }, NOT_FOUND],
  ['an unknown document', { query: UNKNOWN }, NOT_FOUND, RUNS_UNKNOWN],
  [
    'an unknown document and its hash',
    { query: UNKNOWN, ...persistedQuery(sha256(UNKNOWN)) },
    NOT_FOUND,
    RUNS_UNKNOWN,
  ],
  ['a document and a hash of another', { query: VIEWER, ...persistedQuery(sha256(NAMED)) }, BAD_REQUEST],
  ['a document and a documentId of another', { query: VIEWER, documentId: sha256(NAMED) }, BAD_REQUEST],
  ['two ids that differ', { documentId: sha256(VIEWER), ...persistedQuery(sha256(NAMED)) }, BAD_REQUEST],
  ['a hash that is too short', persistedQuery(sha256(VIEWER).slice(1)), BAD_REQUEST],
  ['a hash in upper case', persistedQuery(sha256(VIEWER).toUpperCase()), BAD_REQUEST],
  ['a hash with a prefix', persistedQuery(`sha256:${sha256(VIEWER)}`), BAD_REQUEST],
  ['a hash that is no text', persistedQuery(7), BAD_REQUEST],
  ['a hash that is an object', persistedQuery({ length: 64 }), BAD_REQUEST],
  ['no hash', persistedQuery(undefined), BAD_REQUEST],
  ['a persistedQuery that is no object', { extensions: { persistedQuery: 'x' } }, BAD_REQUEST],
  [
    'another version',
    { extensions: { persistedQuery: { version: 2, sha256Hash: sha256(VIEWER) } } },
    BAD_REQUEST,
  ],
  ['a documentId with half a hash', { documentId: 'sha256:abc' }, BAD_REQUEST],
  ['a documentId with a reserved prefix', { documentId: `md5:${sha256(VIEWER)}` }, BAD_REQUEST],
  ['an empty documentId', { documentId: '' }, BAD_REQUEST],
  ['a documentId that is no name', { documentId: '{ viewer { id } }' }, BAD_REQUEST],
  ['neither document nor hash', {}, BAD_REQUEST],
  ['extensions of another kind', { extensions: { tracing: true } }, BAD_REQUEST],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap((name) => [
    [`the documentId ${name}`, { documentId: name }, NOT_FOUND] as const,
    [`the hash ${name}`, persistedQuery(name), BAD_REQUEST] as const,
  ]),
];

const CASES = REQUESTS.map(([name, params, inOnly, inOthers = inOnly]) => ({
  name,
  params,
  inOnly,
  inOthers,
}));

for (const mode of MODES)
  for (const method of ['POST', 'GET'] as const)
    test.each(CASES)(`${mode}, ${method}: $name`, async ({ params, inOnly, inOthers }) => {
      const headers = { accept: 'application/graphql-response+json' };
      const answer = await sendParams(gatewayIn(mode), params, { token, method, headers });
      expect(outcome(answer)).toMatchObject(mode === 'persisted-only' ? inOnly : inOthers);
    });

test('of an unknown hash clients hear what they look for, with 200 where they take JSON only', async () => {
  const headers = { accept: 'application/json' };
  const answer = await sendParams(world.gateway, persistedQuery(sha256(UNKNOWN)), { token, headers });
  expect(answer.status).toBe(200);
  expect(answer.errors).toEqual([
    { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
  ]);
});

test.each(MODES)('%s: the operation and the variables are those of the request', async (mode) => {
  const params = { operationName: 'Last', variables: { first: 1 }, ...persistedQuery(sha256(NAMED)) };
  for (const method of ['POST', 'GET'] as const) {
    const { data } = await sendParams(gatewayIn(mode), params, { token, method });
    expect(data).toEqual({ viewer: { lastName: 'Lovelace', organizations: { totalCount: 1 } } });
  }
});

test.each(MODES)('%s: a mutation is run with POST, and refused with GET', async (mode) => {
  const params = { variables: { input: { firstName: 'Augusta' } }, ...persistedQuery(sha256(RENAME)) };
  const refused = await sendParams(gatewayIn(mode), params, { token, method: 'GET' });
  expect(refused).toMatchObject({ status: 405, codes: ['BAD_REQUEST'] });
  expect(world.clerk.control.total('PATCH')).toBe(0);
  const { data } = await sendParams(gatewayIn(mode), params, { token });
  expect(data).toEqual({ updateProfile: { viewer: { firstName: 'Augusta' } } });
});

test.each(MODES)('%s: no request adds a document', async (mode) => {
  const gateway = gatewayIn(mode);
  await sendParams(gateway, { query: UNKNOWN, ...persistedQuery(sha256(UNKNOWN)) }, { token });
  expect((await sendParams(gateway, persistedQuery(sha256(UNKNOWN)), { token })).codes).toEqual([
    'PERSISTED_QUERY_NOT_FOUND',
  ]);
});

test('a gateway without a manifest knows no document', async () => {
  const only = world.gatewayWith({ GATEWAY_DOCUMENTS: 'persisted-only' });
  for (const params of [{ query: VIEWER }, persistedQuery(sha256(VIEWER))])
    expect((await sendParams(only, params, { token })).codes).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
});

test('a manifest that names a document by another hash makes no gateway', () => {
  const documents = { [sha256(VIEWER)]: UNKNOWN };
  expect(() => world.gatewayWith({}, { documents })).toThrow(sha256(VIEWER));
});

/** Documents that the parser or the validation refuses, or dies of. */
const EXPENSIVE = {
  'is not GraphQL': '{ viewer {',
  'does not fit the schema': '{ nothing }',
  'is nested too deep to be parsed': '{ a'.repeat(80_000),
  'weighs 240 kB': `{ viewer { ${'id '.repeat(80_000)}} }`,
};

test.each(Object.entries(EXPENSIVE))(
  'persisted-only: a document that %s is refused without being parsed or validated',
  async (_, query) => {
    const gateway = gatewayIn('persisted-only');
    const refusal = await send(gateway, UNKNOWN, { token });
    const answer = await send(gateway, query, { token });
    expect([answer.status, answer.errors]).toEqual([refusal.status, refusal.errors]);
    expect(answer.codes).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  },
);

test('the documents that are not parsed would have failed', async () => {
  const codes = async (query: string) => (await send(gatewayIn('any'), query, { token })).codes;
  expect(await codes(EXPENSIVE['is not GraphQL'])).toEqual(['GRAPHQL_PARSE_FAILED']);
  expect(await codes(EXPENSIVE['does not fit the schema'])).toEqual(['GRAPHQL_VALIDATION_FAILED']);
});

test('persisted-preferred: an unknown document that runs is logged, without its text and its variables', async () => {
  const gateway = gatewayIn('persisted-preferred');
  const query =
    'query Names($first: Int) { viewer { lastName organizations(first: $first) { totalCount } } }';
  const from = world.log.length;
  await send(gateway, query, { token, variables: { first: 7_654_321 } });
  await send(gateway, UNKNOWN, { token });
  const [request, ...others] = world.log.slice(from).filter(({ level }) => level === 30);
  const logged = world.log.slice(from).filter(({ msg }) => msg === 'unknown document');
  expect(logged).toEqual([
    {
      level: 40,
      time: expect.any(Number),
      requestId: request?.requestId,
      sha256: sha256(query),
      operation: 'Names',
      msg: 'unknown document',
    },
    expect.objectContaining({ requestId: others[0]?.requestId, sha256: sha256(UNKNOWN) }),
  ]);
  expect(JSON.stringify(logged)).not.toMatch(/7654321|lastName/);
});

test('what runs in every mode, or in none, is not logged', async () => {
  const from = world.log.length;
  const preferred = gatewayIn('persisted-preferred');
  await send(preferred, VIEWER, { token });
  await sendParams(preferred, persistedQuery(sha256(VIEWER)), { token });
  await sendParams(preferred, persistedQuery(sha256(UNKNOWN)), { token });
  await send(preferred, '{ nothing }', { token });
  await send(gatewayIn('any'), UNKNOWN, { token });
  await send(gatewayIn('persisted-only'), UNKNOWN, { token });
  expect(world.log.slice(from).filter(({ msg }) => msg === 'unknown document')).toEqual([]);
});

test('the name of an operation is logged up to a hundred characters', async () => {
  const from = world.log.length;
  await send(gatewayIn('persisted-preferred'), `query ${'N'.repeat(5_000)} { viewer { id } }`, { token });
  const logged = world.log.slice(from).find(({ msg }) => msg === 'unknown document');
  expect(logged).toMatchObject({ operation: 'N'.repeat(100) });
});

for (const [what, params] of [
  ['a known hash', persistedQuery(sha256(VIEWER))],
  ['an unknown hash', persistedQuery(sha256(UNKNOWN))],
  ['a malformed hash', persistedQuery('x')],
  ['an unknown document', { query: '{ viewer {' }],
] as const) {
  test(`persisted-only: whoever is refused hears nothing of ${what}`, async () => {
    const expired = await world.token('ada', { ttl: -30 });
    const gateway = gatewayIn('persisted-only');
    expect(await sendParams(gateway, params, { token: expired })).toMatchObject({
      status: 401,
      codes: ['TOKEN_EXPIRED'],
    });
    const unauthorized = gatewayIn('persisted-only', { GATEWAY_SIGNED_OUT: 'unauthorized' });
    expect(await sendParams(unauthorized, params)).toMatchObject({ status: 401, codes: ['UNAUTHENTICATED'] });
    const hidden = gatewayIn('persisted-only', { GATEWAY_SIGNED_OUT: 'not-found' });
    expect(await sendParams(hidden, params)).toMatchObject({ status: 404, codes: [] });
    const elsewhere = { token, headers: { origin: 'https://evil.example' } };
    expect(await sendParams(gateway, params, elsewhere)).toMatchObject({ status: 403, codes: ['FORBIDDEN'] });
  });
}

test.each(MODES)('%s: scopes decide of a document by its hash as they do of its text', async (mode) => {
  const gateway = gatewayIn(mode);
  const organization = world.clerk.state.state.organizations[0];
  const guest = await world.token('grace', {
    claims: { o: { id: organization?.id, slg: 'acme', rol: 'guest' } },
  });
  for (const [document, sender] of [
    [VIEWER, undefined],
    [MEMBERS, guest],
  ] as const) {
    const byText = await send(gateway, document, { token: sender });
    const byHash = await sendParams(gateway, persistedQuery(sha256(document)), { token: sender });
    expect([byHash.status, byHash.data, byHash.errors]).toEqual([byText.status, byText.data, byText.errors]);
    expect(byHash.codes.length).toBeGreaterThan(0);
  }
});

test.each(MODES)(
  '%s: a known introspection is answered where introspection is on, and only there',
  async (mode) => {
    const params = persistedQuery(sha256(INTROSPECT));
    const off = await sendParams(gatewayIn(mode, { GATEWAY_INTROSPECTION: 'off' }), params);
    expect(new Set(off.codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    const on = await sendParams(gatewayIn(mode, { GATEWAY_INTROSPECTION: 'on' }), params);
    expect(on.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  },
);

test.each(MODES)('%s: a body over the limit is refused for its weight', async (mode) => {
  const { status } = await send(gatewayIn(mode), `# ${'x'.repeat(1_000_000)}`, { token });
  expect(status).toBe(413);
});

test.each(MODES)('%s: extensions in an address that are no JSON are a bad request', async (mode) => {
  const answer = await sendParams(gatewayIn(mode), { extensions: '{' }, { token, method: 'GET' });
  expect(answer).toMatchObject({ status: 400, codes: ['BAD_REQUEST'] });
});
