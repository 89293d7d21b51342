import { gzipSync } from 'node:zlib';
import { importSPKI } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { MAX_ANSWER_BYTES } from '../../sources/bounded-fetch';
import {
  type ApiServer,
  dripBody,
  floodBody,
  hang,
  type Misbehaviour,
  say,
  startApi,
} from '../harness/api-servers';
import { send } from '../harness/client';
import { whileCollectingGarbage } from '../harness/garbage';
import { refusal, startHasuraApi } from '../harness/hasura-api';
import { startRowsApi } from '../harness/rows-api';
import { schemaOfAllKinds } from '../harness/source-kinds';
import { ENDPOINT_URL, startWorld, type World } from '../harness/world';

/** Short, so that a hanging source does not make the suite slow. */
const DEADLINE_MS = 400;

/** What an upstream must never see forwarded. */
const UPSTREAM_WORDS = 'postgres://internal-host/secret';

const ROW = {
  id: '00000000-0000-4000-8000-000000000000',
  title: UPSTREAM_WORDS,
  done: true,
  created_at: '2026-05-01T10:00:00Z',
};

const FAULTS: readonly [what: string, fault: Misbehaviour, code: string, details?: object][] = [
  ['500', say(500, { message: UPSTREAM_WORDS }), 'UPSTREAM_UNAVAILABLE'],
  ['HTML behind a 502', say(502, `<h1>${UPSTREAM_WORDS}</h1>`), 'UPSTREAM_UNAVAILABLE'],
  ['HTML behind a 200', say(200, `<h1>${UPSTREAM_WORDS}</h1>`), 'UPSTREAM_UNAVAILABLE'],
  ['broken JSON', say(200, '{"rows":[{"title":'), 'UPSTREAM_UNAVAILABLE'],
  ['nothing behind a 200', say(200, ''), 'UPSTREAM_UNAVAILABLE'],
  ['JSON of another shape', say(200, { surprise: UPSTREAM_WORDS }), 'UPSTREAM_UNAVAILABLE'],
  ['a number for an answer', say(200, '7'), 'UPSTREAM_UNAVAILABLE'],
  [
    'a body that says that it is packed',
    say(200, '[]', { 'content-encoding': 'gzip' }),
    'UPSTREAM_UNAVAILABLE',
  ],
  ['404', say(404, { message: UPSTREAM_WORDS }), 'UPSTREAM_UNAVAILABLE'],
  ['429', say(429, UPSTREAM_WORDS, { 'retry-after': '7' }), 'RATE_LIMITED', { retryAfter: 7 }],
  ['429 without Retry-After', say(429, UPSTREAM_WORDS), 'RATE_LIMITED'],
  ['a closed connection', (response) => response.destroy(), 'UPSTREAM_UNAVAILABLE'],
  ['a connection closed in the middle', breakOff, 'UPSTREAM_UNAVAILABLE'],
];

/** Those that would go on for ever: the gateway has to end them. */
const ENDLESS: readonly [what: string, fault: Misbehaviour, code: string][] = [
  ['silence', hang, 'UPSTREAM_TIMEOUT'],
  ['a body that drips', dripBody, 'UPSTREAM_TIMEOUT'],
];

interface Kind {
  readonly source: string;
  readonly variable: string;
  readonly field: string;
  /** A field of another source, which nothing happens to. */
  readonly sibling: string;
  readonly expired: Misbehaviour;
  readonly refused: Misbehaviour;
  readonly forbidden: Misbehaviour;
  /** Rows that are not as the columns are declared. */
  answer(row: object): object;
}

const KINDS: readonly Kind[] = [
  {
    source: 'supabase',
    variable: 'SUPABASE_URL',
    field: 'tasks',
    sibling: 'memos',
    expired: say(401, { code: 'PGRST303', message: UPSTREAM_WORDS }),
    refused: say(401, { code: 'PGRST301', message: UPSTREAM_WORDS }),
    forbidden: say(403, { code: '42501', message: UPSTREAM_WORDS }),
    answer: (row) => [row],
  },
  {
    source: 'http',
    variable: 'HTTP_API_URL',
    field: 'memos',
    sibling: 'notices',
    expired: say(401, { error: 'token_expired', message: UPSTREAM_WORDS }),
    refused: say(401, { error: 'token_invalid', message: UPSTREAM_WORDS }),
    forbidden: say(403, { message: UPSTREAM_WORDS }),
    answer: (row) => ({ rows: [row] }),
  },
  {
    source: 'graphql',
    variable: 'GRAPHQL_API_URL',
    field: 'notices',
    sibling: 'tasks',
    expired: say(200, refusal('invalid-jwt', `Could not verify JWT: JWTExpired ${UPSTREAM_WORDS}`)),
    refused: say(200, refusal('invalid-jwt', `Could not verify JWT: JWSError ${UPSTREAM_WORDS}`)),
    forbidden: say(200, refusal('access-denied', UPSTREAM_WORDS)),
    answer: (row) => ({ data: { rows: [row] } }),
  },
];

let world: World;
let http: ApiServer;
let graphql: ApiServer;
/** Stands in for the source that misbehaves. */
let bad: ApiServer;
let token: string;

beforeAll(async () => {
  world = await startWorld();
  const data = { key: await importSPKI(world.clerk.jwtKey, 'RS256'), rows: {} };
  [http, graphql, bad] = await Promise.all([
    startRowsApi(data),
    startHasuraApi(data),
    startApi(async () => ({ body: {} })),
  ]);
  token = await world.token('ada', { ttl: 600 });
});
beforeEach(() => {
  bad.misbehave(null);
  bad.takeCalls();
});
afterAll(() => Promise.all([world.close(), http.close(), graphql.close(), bad.close()]));

function gatewayBefore(kind: Kind, url = bad.url, timeoutMs = DEADLINE_MS): Gateway {
  return world.gatewayWith(
    {
      GATEWAY_TIMEOUT_MS: String(timeoutMs),
      HTTP_API_URL: `${http.url}/v1`,
      GRAPHQL_API_URL: graphql.url,
      [kind.variable]: url,
    },
    { schema: schemaOfAllKinds },
  );
}

/** Asks for the bad source and for others, and makes sure that the others are answered. */
async function ask(kind: Kind, gateway: Gateway) {
  const { status, data, errors } = await send(
    gateway,
    `{ viewer { id firstName } externalData {
      bad: ${kind.field}(first: 1) { edges { node { id title done createdAt } } }
      sibling: ${kind.sibling} { totalCount } } }`,
    { token },
  );
  expect(status).toBe(200);
  expect(data).toMatchObject({
    viewer: { firstName: 'Ada' },
    externalData: { bad: null, sibling: { totalCount: expect.any(Number) } },
  });
  expect(JSON.stringify(errors)).not.toContain(UPSTREAM_WORDS);
  expect(errors.map(({ path }) => path)).toEqual([['externalData', 'bad']]);
  return errors[0]?.extensions;
}

describe.each(KINDS)('of $source', (kind) => {
  const { source } = kind;

  test.each(FAULTS)('%s is coded, and nulls no other field', async (_what, fault, code, details = {}) => {
    bad.misbehave(fault);
    // A deadline that is far away: nothing of these needs one.
    expect(await ask(kind, gatewayBefore(kind, bad.url, 10_000))).toEqual({ code, source, ...details });
    expect(bad.takeCalls()).toHaveLength(1);
  });

  test.each(ENDLESS)(
    '%s is coded at the deadline, and the connection is closed',
    async (_what, fault, code) => {
      bad.misbehave(fault);
      const cutOff = bad.nextCutOff();
      expect(await ask(kind, gatewayBefore(kind))).toEqual({ code, source });
      await cutOff;
    },
  );

  test.each(ENDLESS)('%s is ended although garbage is collected meanwhile', async (_what, fault, code) => {
    bad.misbehave(fault);
    const cutOff = bad.nextCutOff();
    // Collecting takes long: what is not at fault must be answered before the deadline.
    const gateway = gatewayBefore(kind, bad.url, 3_000);
    expect(await whileCollectingGarbage(() => ask(kind, gateway))).toEqual({ code, source });
    await cutOff;
  });

  test('a body without end is coded as soon as it weighs too much, and the connection is closed', async () => {
    let sent = 0;
    bad.misbehave((response) => {
      floodBody(response);
      response.on('close', () => {
        sent = response.socket?.bytesWritten ?? 0;
      });
    });
    const cutOff = bad.nextCutOff();
    expect(await ask(kind, gatewayBefore(kind, bad.url, 10_000))).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      source,
    });
    await cutOff;
    // What lies in the buffers of both ends comes on top.
    expect(sent).toBeLessThan(4 * MAX_ANSWER_BYTES);
  });

  test('a packed body is read as what is in it', async () => {
    bad.misbehave((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync(JSON.stringify(kind.answer({ ...ROW, title: 'Packed' }))));
    });
    const { data } = await send(
      gatewayBefore(kind, bad.url, 10_000),
      `{ externalData { bad: ${kind.field}(first: 1) { edges { node { title } } } } }`,
      { token },
    );
    expect(data.externalData.bad.edges).toEqual([{ node: { title: 'Packed' } }]);
    expect(bad.takeCalls()[0]?.headers['accept-encoding']).toBe('gzip');
  });

  test('a body that weighs too much once it is unpacked is coded', async () => {
    const packed = gzipSync(JSON.stringify(' '.repeat(MAX_ANSWER_BYTES)));
    bad.misbehave((response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'content-length': packed.length,
      });
      response.end(packed);
    });
    expect(await ask(kind, gatewayBefore(kind, bad.url, 10_000))).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      source,
    });
  });

  test.each([301, 302, 307, 308])(
    'a redirect (%i) is not followed: the token stays where it belongs',
    async (status) => {
      bad.misbehave(say(status, UPSTREAM_WORDS, { location: `${http.url}/v1/memos` }));
      http.takeCalls();
      expect(await ask(kind, gatewayBefore(kind, bad.url, 10_000))).toEqual({
        code: 'UPSTREAM_UNAVAILABLE',
        source,
      });
      const siblings = kind.sibling === 'memos' ? 1 : 0;
      expect(http.takeCalls()).toHaveLength(siblings);
    },
  );

  test('a refused connection is coded', async () => {
    const gone = await startApi(async () => ({ body: {} }));
    await gone.close();
    expect(await ask(kind, gatewayBefore(kind, gone.url))).toEqual({ code: 'UPSTREAM_UNAVAILABLE', source });
  });

  test.each([
    ['an id that is none', { id: null }],
    ['a text that is a number', { title: 7 }],
    ['a boolean that is a text', { done: 'yes' }],
    ['a time that is none', { createdAt: 'yesterday', created_at: 'yesterday' }],
    ['a column that is missing', { title: undefined }],
  ])('a row with %s is coded', async (_what, change) => {
    bad.misbehave(say(200, kind.answer({ ...ROW, ...change })));
    expect(await ask(kind, gatewayBefore(kind, bad.url, 10_000))).toEqual({
      code: 'UPSTREAM_UNAVAILABLE',
      source,
    });
  });

  test('a token that expired on its way is TOKEN_EXPIRED: a new one will do', async () => {
    bad.misbehave(kind.expired);
    expect(await ask(kind, gatewayBefore(kind))).toEqual({
      code: 'TOKEN_EXPIRED',
      reason: 'token-expired-at-source',
    });
  });

  test('a token that the source does not take is no fault of the caller', async () => {
    bad.misbehave(kind.refused);
    expect(await ask(kind, gatewayBefore(kind))).toEqual({ code: 'UPSTREAM_UNAVAILABLE', source });
  });

  test('a refusal of the source is FORBIDDEN', async () => {
    bad.misbehave(kind.forbidden);
    expect(await ask(kind, gatewayBefore(kind))).toEqual({ code: 'FORBIDDEN', source });
  });

  test('what it says is in the log with the id of the request, and without the token', async () => {
    bad.misbehave(say(500, { code: 'XX', message: `saw ${token}` }));
    await ask(kind, gatewayBefore(kind));
    const entry = world.log.findLast(({ code }) => code === 'UPSTREAM_UNAVAILABLE');
    expect(entry).toMatchObject({ path: ['externalData', 'bad'], requestId: expect.any(String) });
    expect(JSON.stringify(entry)).toContain('saw [redacted]');
    expect(JSON.stringify(entry)).not.toContain(token);
  });

  test('a client that goes away takes the call with it', async () => {
    bad.misbehave(hang);
    const [arrived, cutOff] = [bad.nextCall(), bad.nextCutOff()];
    const client = new AbortController();
    const answer = gatewayBefore(kind, bad.url, 60_000).fetch(
      new Request(ENDPOINT_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: `{ externalData { ${kind.field} { edges { node { id } } } } }` }),
        signal: client.signal,
      }),
    );
    expect((await arrived).headers.authorization).toBe(`Bearer ${token}`);
    client.abort();
    await cutOff;
    expect((await answer).status).toBe(499);
  });
});

describe('of graphql', () => {
  const kind = KINDS[2] as Kind;

  test.each([
    ['validation-failed', 'UPSTREAM_UNAVAILABLE', {}],
    ['jwt-invalid-claims', 'UPSTREAM_UNAVAILABLE', {}],
    ['unexpected', 'UPSTREAM_UNAVAILABLE', {}],
    ['permission-denied', 'FORBIDDEN', {}],
    ['rate-limit-exceeded', 'RATE_LIMITED', { retryAfter: 9 }],
  ])('an error %s under 200 is %s', async (said, code, details) => {
    bad.misbehave(say(200, refusal(said, UPSTREAM_WORDS), { 'retry-after': '9' }));
    expect(await ask(kind, gatewayBefore(kind))).toEqual({ code, source: 'graphql', ...details });
  });

  test('data beside errors is not taken for an answer', async () => {
    bad.misbehave(say(200, { ...refusal('unexpected', UPSTREAM_WORDS), data: { rows: [] } }));
    expect(await ask(kind, gatewayBefore(kind))).toEqual({ code: 'UPSTREAM_UNAVAILABLE', source: 'graphql' });
  });
});

test.each([
  ['memos', () => http],
  ['notices', () => graphql],
])(
  '%s: the stand-in takes genuine tokens only, so that the tests above mean something',
  async (_field, api) => {
    const answer = await fetch(`${api().url}/v1/memos?limit=0`, {
      ...(api() === graphql ? { method: 'POST', body: '{}' } : {}),
      headers: { authorization: `Bearer ${token.slice(0, -4)}AAAA` },
    });
    expect(await answer.text()).toMatch(/token_invalid|JWSError/);
  },
);

/** Begins to answer, and is gone. */
function breakOff(response: Parameters<Misbehaviour>[0]): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"rows":[', () => response.destroy());
}
