import { Agent, request as open } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENDPOINT, type Gateway } from '../../gateway';
import { madeUpRequest, toRequest } from '../harness/made-up-requests';
import { listen, overHttp, type ServedGateway } from '../harness/over-http';
import { APP_URL, ENDPOINT_URL, startWorld, type World } from '../harness/world';

/** Deterministic: a failing run can be repeated, and is shrunk to what matters. */
const SEED = 20_261_126;
const CASES = 3_000;

let world: World;
let gateway: Gateway;
let served: ServedGateway;
/** The same, executing with graphql-js. */
let interpreting: Gateway;
let ada: string;

beforeAll(async () => {
  world = await startWorld();
  const variables = {
    GATEWAY_MAX_BATCH: '3',
    GATEWAY_ORIGINS: 'https://friend.example',
    // How long calls took differs.
    GATEWAY_COST: 'off',
  };
  gateway = world.gatewayWith(variables);
  interpreting = world.gatewayWith({ ...variables, GATEWAY_EXECUTION: 'graphql-js' });
  served = overHttp(gateway);
  ada = await world.token('ada', { ttl: 3_600, org: 'acme' });
});
afterAll(() => Promise.all([served.close(), world.close()]));

/** Of the connection, and not of the answer. */
const OF_THE_CONNECTION = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

/** All of an answer but what names the request. */
async function answerOf(response: Response) {
  const requestId = response.headers.get('x-request-id') ?? '';
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const headers = Object.fromEntries(response.headers);
  for (const name of [...OF_THE_CONNECTION, 'x-request-id']) delete headers[name];
  return {
    status: response.status,
    headers,
    body: (await response.text()).replaceAll(requestId, 'the request’s id'),
  };
}

async function expectSameAnswers(request: () => Request): Promise<{ readonly status: number }> {
  const asked = await answerOf(await gateway.fetch(request()));
  expect(await answerOf(await served.fetch(request()))).toEqual(asked);
  expect(await answerOf(await interpreting.fetch(request()))).toEqual(asked);
  return asked;
}

const post =
  (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  () =>
    new Request(ENDPOINT_URL, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ada}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

interface Viewer {
  readonly viewer: { readonly firstName: string } | null;
}

interface Refusal {
  readonly extensions: { readonly code: string };
}

const VIEWER = '{ viewer { id firstName organization { name role } } }';

test.each<[string, () => () => Request, number]>([
  ['an operation', () => post({ query: VIEWER }), 200],
  [
    'one by its name',
    () => post({ query: `query A ${VIEWER} query B { __typename }`, operationName: 'B' }),
    200,
  ],
  ['one that nobody knows', () => post({ query: `query A ${VIEWER}`, operationName: 'B' }), 400],
  [
    'variables',
    () =>
      post({
        query:
          'query ($n: Int) { externalData { tasks(first: $n) { totalCount edges { cursor node { id title } } } } }',
        variables: { n: 2 },
      }),
    200,
  ],
  [
    'a variable that does not fit',
    () =>
      post({
        query: 'query ($n: Int) { externalData { tasks(first: $n) { totalCount } } }',
        variables: { n: 'two' },
      }),
    200,
  ],
  [
    'a field that is refused',
    () => post({ query: 'mutation { updateProfile(input: { firstName: "\\u0000" }) { viewer { id } } }' }),
    200,
  ],
  ['a refused token', () => post({ query: VIEWER }, { authorization: 'Bearer a.b.c' }), 401],
  ['no token', () => post({ query: VIEWER }, { authorization: '' }), 401],
  ['an empty header', () => post({ query: VIEWER }, { authorization: 'Bearer ' }), 401],
  ['no document', () => post({}), 400],
  ['a document that is none', () => post({ query: '{' }), 200],
  [
    'a document that is none, in GraphQL’s own type',
    () => post({ query: '{' }, { accept: 'application/graphql-response+json' }),
    400,
  ],
  ['unknown fields', () => post({ query: '{ nothing }' }), 200],
  [
    'an unknown hash',
    () => post({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } }),
    200,
  ],
  ['a malformed id', () => post({ documentId: 'sha256:no', query: VIEWER }), 400],
  ['an unknown parameter', () => post({ query: VIEWER, surprise: 1 }), 400],
  ['a batch', () => post([{ query: VIEWER }, { query: '{ __typename }' }]), 200],
  ['too long a batch', () => post(Array.from({ length: 4 }, () => ({ query: '{ __typename }' }))), 400],
  ['no JSON', () => post('{"query":'), 400],
  ['too deep a document', () => post({ query: `{ ${'viewer { '.repeat(30)}id${' }'.repeat(30)} }` }), 400],
  ['too large a body', () => post({ query: VIEWER, variables: { a: 'a'.repeat(300_000) } }), 413],
  ['too large variables', () => post({ query: VIEWER, variables: { a: 'a'.repeat(150_000) } }), 413],
  [
    'Apollo’s accept',
    () => post({ query: VIEWER }, { accept: 'application/graphql-response+json,application/json;q=0.9' }),
    200,
  ],
  [
    'urql’s accept',
    () =>
      post(
        { query: VIEWER },
        {
          accept:
            'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
        },
      ),
    200,
  ],
  ['an accept that fits nothing', () => post({ query: VIEWER }, { accept: 'text/html' }), 406],
  ['a page of our own', () => post({ query: VIEWER }, { origin: APP_URL }), 200],
  ['a page of a friend', () => post({ query: VIEWER }, { origin: 'https://friend.example' }), 200],
  ['a page of somebody else', () => post({ query: VIEWER }, { origin: 'https://evil.example' }), 403],
  ['a media type that is none of ours', () => post({ query: VIEWER }, { 'content-type': 'text/plain' }), 415],
  ['introspection', () => post({ query: '{ __schema { queryType { name fields { name } } } }' }), 200],
])(
  '%s: the same answer as a function, over HTTP and from graphql-js, to the letter',
  async (_what, request, status) => {
    expect((await expectSameAnswers(request())).status).toBe(status);
  },
);

test('two Authorization headers are not one, whichever way they come', async () => {
  const twice = () => {
    const request = post({ query: VIEWER })();
    request.headers.append('authorization', `Bearer ${ada}`);
    return request;
  };
  expect((await expectSameAnswers(twice)).status).toBe(401);
});

test('requests that follow each other on one connection are each judged by their own token', async () => {
  let connections = 0;
  const server = (await listen(gateway)).on('connection', () => {
    connections += 1;
  });
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const viewerOf = (token: string) =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      };
      open({ port, agent, method: 'POST', path: ENDPOINT, headers })
        .on('error', reject)
        .on('response', async (incoming) => {
          const { data, errors } = (await json(incoming)) as { data?: Viewer; errors?: Refusal[] };
          resolve(data?.viewer?.firstName ?? errors?.[0]?.extensions.code);
        })
        .end(JSON.stringify({ query: VIEWER }));
    });

  const [grace, expired] = await Promise.all([world.token('grace'), world.token('ada', { ttl: -60 })]);
  const withoutSignature = `${ada.slice(0, ada.lastIndexOf('.'))}.${'A'.repeat(342)}`;
  const seen: unknown[] = [];
  for (const token of [ada, ada, grace, withoutSignature, ada, expired, '', grace])
    seen.push(await viewerOf(token));
  expect(seen).toEqual([
    'Ada',
    'Ada',
    'Grace',
    'TOKEN_INVALID',
    'Ada',
    'TOKEN_EXPIRED',
    'UNAUTHENTICATED',
    'Grace',
  ]);
  expect(connections).toBe(1);
  agent.destroy();
  await new Promise((resolve) => server.close(resolve));
});

test(`${CASES} made-up requests get the same answers as a function, over HTTP and from graphql-js`, {
  timeout: 300_000,
}, async () => {
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(madeUpRequest, async (wanted) => {
      statuses.add((await expectSameAnswers(() => toRequest(wanted, ada))).status);
    }),
    { seed: SEED, numRuns: CASES, endOnFailure: false },
  );
  for (const status of [200, 400, 401, 403, 405, 415]) expect(statuses).toContain(status);
});
