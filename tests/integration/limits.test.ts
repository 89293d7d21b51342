import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { send } from '../harness/client';
import { ENDPOINT_URL, startWorld, type World } from '../harness/world';

const isServed = inject('wayIn') === 'node';

let world: World;
let token: string;

beforeAll(async () => {
  world = await startWorld();
  token = await world.token('ada', { ttl: 3_600 });
});
beforeEach(() => world.clerk.control.clear());
afterAll(() => world.close());

interface Outcome {
  readonly status: number;
  readonly codes: readonly string[];
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

type Gateway = World['gateway'];

function outcomeOf(status: number, body: unknown): Outcome {
  const answers = (Array.isArray(body) ? body : [body]) as { errors?: { extensions: { code: string } }[] }[];
  const errors = answers.flatMap((answer) => answer.errors ?? []);
  return {
    status,
    codes: errors.map(({ extensions }) => extensions.code),
    extensions: errors[0]?.extensions,
  };
}

/** The ways that an operation can come in. */
const WAYS: Readonly<
  Record<string, (gateway: Gateway, query: string, variables?: object) => Promise<Outcome>>
> = {
  POST: async (gateway, query, variables = {}) => {
    const { status, codes, errors } = await send(gateway, query, { token, variables: { ...variables } });
    return { status, codes, extensions: errors[0]?.extensions };
  },
  GET: async (gateway, query, variables = {}) => {
    const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    const response = await gateway.fetch(
      new Request(`${ENDPOINT_URL}?${parameters}`, { headers: { authorization: `Bearer ${token}` } }),
    );
    return outcomeOf(response.status, await response.json());
  },
  'a batch': async (gateway, query, variables = {}) => {
    const response = await gateway.fetch(
      new Request(ENDPOINT_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify([{ query: '{ __typename }' }, { query, variables }]),
      }),
    );
    return outcomeOf(response.status, await response.json());
  },
};

const times = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');

/** For each limit of documents: how it is set to n, a document of n, and one of n + 1. */
const LIMITS: readonly (readonly [
  measure: string,
  variable: string,
  limit: number,
  documentOf: (size: number) => string,
])[] = [
  ['tokens', 'GATEWAY_MAX_TOKENS', 20, (size) => `{ ${times(size - 2, () => '__typename')} }`],
  [
    'depth',
    'GATEWAY_MAX_DEPTH',
    4,
    (size) =>
      `{ __type(name: "Query") ${times(size - 2, () => '{ ofType')} { name } ${times(size - 2, () => '}')} }`,
  ],
  ['aliases', 'GATEWAY_MAX_ALIASES', 5, (size) => `{ ${times(size, (index) => `a${index}: __typename`)} }`],
  [
    'directives',
    'GATEWAY_MAX_DIRECTIVES',
    3,
    (size) => `{ ${times(size, () => `... @include(if: true) { __typename }`)} }`,
  ],
  ['rootFields', 'GATEWAY_MAX_ROOT_FIELDS', 6, (size) => `{ ${times(size, () => '__typename')} }`],
  [
    'fragments',
    'GATEWAY_MAX_FRAGMENTS',
    4,
    (size) => `{ ${times(size, () => '...F')} } fragment F on Query { __typename }`,
  ],
  // An object each for the viewer and the connection, ten for the call, two for each place on the page.
  [
    'cost',
    'GATEWAY_MAX_COST',
    12 + 2 * 7,
    (size) => `{ externalData { tasks(first: ${Math.ceil((size - 12) / 2)}) { edges { node { title } } } } }`,
  ],
];

for (const [measure, variable, limit, documentOf] of LIMITS)
  describe(`the limit of ${measure}`, () => {
    const gateway = () => world.gatewayWith({ [variable]: String(limit), GATEWAY_MAX_BATCH: '2' });

    test.each(Object.entries(WAYS))('lets through what is just within it, by %s', async (_way, by) => {
      expect((await by(gateway(), documentOf(limit))).codes).toEqual([]);
    });

    test.each(Object.entries(WAYS))('refuses one more, by %s, with the figures', async (way, by) => {
      const { status, codes, extensions } = await by(gateway(), documentOf(limit + 1));
      expect(codes).toEqual(['QUERY_TOO_COMPLEX']);
      expect(extensions).toMatchObject({ measure, limit });
      expect(extensions?.actual).toBeGreaterThan(limit);
      if (way !== 'a batch') expect(status).toBe(400);
    });

    test('holds for documents that are known by their hash too', async () => {
      const ask = async (document: string) => {
        const sha256Hash = createHash('sha256').update(document).digest('hex');
        const own = world.gatewayWith(
          { [variable]: String(limit) },
          { documents: { [sha256Hash]: document } },
        );
        const response = await own.fetch(
          new Request(ENDPOINT_URL, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
            body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
          }),
        );
        return outcomeOf(response.status, await response.json()).codes;
      };
      expect(await ask(documentOf(limit))).toEqual([]);
      expect(await ask(documentOf(limit + 1))).toEqual(['QUERY_TOO_COMPLEX']);
    });

    test('counts what stands in fragments, wherever they are spread', async () => {
      if (measure === 'tokens' || measure === 'fragments') return;
      const spread = documentOf(limit + 1).replace(/^\{(.*)\}$/s, '{ ...All } fragment All on Query {$1}');
      expect((await WAYS.POST?.(gateway(), spread))?.codes).toEqual(['QUERY_TOO_COMPLEX']);
    });
  });

test('the costs of a batch add up', async () => {
  const gateway = world.gatewayWith({ GATEWAY_MAX_COST: '30', GATEWAY_MAX_BATCH: '3' });
  const one = { query: '{ externalData { tasks(first: 1) { edges { node { title } } } } }' };
  const post = async (operations: object[]) => {
    const response = await gateway.fetch(
      new Request(ENDPOINT_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(operations),
      }),
    );
    return outcomeOf(response.status, await response.json()).codes;
  };
  expect(await post([one, one])).toEqual([]);
  expect(await post([one, one, one])).toEqual(['QUERY_TOO_COMPLEX']);
  expect(await post([one, one, one, one])).toEqual(['BAD_REQUEST']);
  expect(await post([])).toEqual(['BAD_REQUEST']);
});

test('a size that a variable or a default gives counts as one that is written down', async () => {
  const gateway = world.gatewayWith({ GATEWAY_MAX_COST: '60' });
  const query = 'query ($n: Int) { externalData { tasks(first: $n) { edges { node { title } } } } }';
  for (const [variables, codes] of [
    [{ n: 20 }, []],
    [{ n: 30 }, ['QUERY_TOO_COMPLEX']],
    [{}, []],
  ] as const)
    expect((await send(gateway, query, { token, variables })).codes).toEqual(codes);
});

test('a batch is refused where none is configured', async () => {
  expect((await WAYS['a batch']?.(world.gateway, '{ __typename }'))?.codes).toEqual(['BAD_REQUEST']);
});

test('the introspection that GraphiQL sends is within the limits', async () => {
  const { getIntrospectionQuery } = await import('graphql');
  expect((await send(world.gateway, getIntrospectionQuery(), { token })).codes).toEqual([]);
});

test.each([
  '{ externalData { tasks(first: SIZE) { edges { node { id } } } } }',
  '{ viewer { organizations(first: SIZE) { edges { node { id } } } } }',
  'query ($n: Int = SIZE) { externalData { tasks(first: $n) { edges { node { id } } } } }',
])('the limit of a page holds for %s', async (query) => {
  for (const [variables, limit] of [
    [{}, 100],
    [{ GATEWAY_MAX_PAGE_SIZE: '7' }, 7],
  ] as const) {
    const gateway = world.gatewayWith(variables);
    const ask = (size: number) => send(gateway, query.replace('SIZE', String(size)), { token });
    expect((await ask(limit)).codes).toEqual([]);
    expect((await ask(limit + 1)).errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      issues: [{ path: ['first'], message: `Must be between 0 and ${limit}.` }],
    });
  }
});

describe('the limit of variables', () => {
  const query = 'query ($name: String!) { __type(name: $name) { name } }';
  // {"name":""} takes eleven bytes.
  const named = (bytes: number) => ({ name: 'x'.repeat(bytes - 11) });

  test.each(Object.entries(WAYS))('holds by %s', async (_way, by) => {
    const gateway = world.gatewayWith({ GATEWAY_MAX_VARIABLES_BYTES: '1000', GATEWAY_MAX_BATCH: '2' });
    expect((await by(gateway, query, named(1_000))).codes).toEqual([]);
    const { codes, extensions } = await by(gateway, query, named(1_001));
    expect(codes).toEqual(['REQUEST_ENTITY_TOO_LARGE']);
    expect(extensions).toMatchObject({ measure: 'variables', limit: 1_000, actual: 1_001 });
  });

  test('counts bytes, not characters', async () => {
    const gateway = world.gatewayWith({ GATEWAY_MAX_VARIABLES_BYTES: '1000' });
    const variables = { name: '€'.repeat(400) };
    expect((await send(gateway, query, { token, variables })).codes).toEqual(['REQUEST_ENTITY_TOO_LARGE']);
  });
});

describe('the limit of a body', () => {
  const gateway = () => world.gatewayWith({ GATEWAY_MAX_BODY_BYTES: '2000' });
  const post = (body: BodyInit, headers: Readonly<Record<string, string>> = {}) =>
    gateway().fetch(
      new Request(ENDPOINT_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        duplex: 'half',
      } as RequestInit),
    );
  const bodyOf = (bytes: number) => {
    const body = JSON.stringify({ query: '{ __typename }', operationName: null });
    return body + ' '.repeat(bytes - body.length);
  };

  test('hundreds of thousands of fields are measured where they are let through so far', async () => {
    const generous = world.gatewayWith({ GATEWAY_MAX_TOKENS: '1000000', GATEWAY_MAX_BODY_BYTES: '1000000' });
    const { errors } = await send(generous, `{ ${'a '.repeat(200_000)}}`);
    expect(errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', measure: 'rootFields' });
  });

  test('holds to the byte', async () => {
    expect((await post(bodyOf(2_000))).status).toBe(200);
    const refused = await post(bodyOf(2_001));
    expect(refused.status).toBe(413);
    expect((await refused.json()).errors[0].extensions).toEqual({
      code: 'REQUEST_ENTITY_TOO_LARGE',
      measure: 'body',
      limit: 2_000,
      actual: 2_001,
    });
  });

  // Over HTTP a client sends before it knows.
  test.skipIf(isServed)('an announced length over it is refused before anything is read', async () => {
    let read = 0;
    const body = new ReadableStream(
      {
        pull(controller) {
          read += 1;
          controller.enqueue(new Uint8Array(10));
          if (read > 5) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    expect((await post(body, { 'content-length': '5000000' })).status).toBe(413);
    expect(read).toBe(0);
  });

  test('a body in chunks is read no further than it takes to know', async () => {
    let chunks = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new TextEncoder().encode(' '.repeat(500)));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect((await post(endless)).status).toBe(413);
    // What a connection takes up on the way comes on top.
    expect(chunks).toBeLessThan(isServed ? 50_000 : 10);
    expect(cancelled).toBe(true);
  });

  test('a body that drips is given up at the deadline', async () => {
    const hurried = world.gatewayWith({ GATEWAY_TIMEOUT_MS: '150' });
    let cancelled = false;
    const drip = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        controller.enqueue(new TextEncoder().encode(' '));
      },
      cancel() {
        cancelled = true;
      },
    });
    const response = await hurried.fetch(
      new Request(ENDPOINT_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: drip,
        duplex: 'half',
      } as RequestInit),
    );
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions.code).toBe('BAD_REQUEST');
    expect(cancelled).toBe(true);
  });

  test('a compressed body is refused unread: what it grows to nobody knows', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'zstd'])
      expect((await post(new Uint8Array(100), { 'content-encoding': encoding })).status).toBe(415);
    expect((await post(bodyOf(100), { 'content-encoding': 'identity' })).status).toBe(200);
  });
});

describe('what explodes is refused without exploding', () => {
  const DOCUMENTS: Readonly<Record<string, () => string>> = {
    'thirty levels of doubling fragments': () =>
      `{ ...F0 } ${times(30, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F30 on Query { __typename }`,
    'ten thousand aliases': () => `{ ${times(10_000, (index) => `a${index}: __typename`)} }`,
    'a hundred thousand tokens': () => `{ ${'a '.repeat(100_000)} }`,
    'deep nesting': () => `${'{ a '.repeat(900)}${'}'.repeat(900)}`,
    'many directives': () => `{ __typename ${'@skip(if: false) '.repeat(300)} }`,
    'a list literal inside lists': () => `{ __type(name: ${'['.repeat(900)}${']'.repeat(900)}) { name } }`,
  };

  test.each(Object.entries(DOCUMENTS))('%s', async (_what, documentOf) => {
    const { codes } = await send(world.gateway, documentOf(), { token });
    expect(['QUERY_TOO_COMPLEX', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']).toContain(codes[0]);
    expect(codes).not.toContain('INTERNAL_SERVER_ERROR');
  });

  test.each([
    ['that spreads itself', '{ ...A } fragment A on Query { ...A }'],
    [
      'in a circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
    ],
    [
      'in a circle through fields',
      '{ ...A } fragment A on Query { viewer { ...B } } fragment B on Viewer { ...B id }',
    ],
  ])('a fragment %s is GRAPHQL_VALIDATION_FAILED', async (_what, document) => {
    const { codes } = await send(world.gateway, document, { token });
    expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
  });

  test('JSON that is nested ever deeper is refused before it is parsed', async () => {
    const response = await world.gateway.fetch(
      new Request(ENDPOINT_URL, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      }),
    );
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].extensions.code).toBe('BAD_REQUEST');
  });

  test('the costs of refusing grow with the document, and not with what it spreads out to', async () => {
    const levels = (count: number) =>
      `{ ...F0 } ${times(count, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F${count} on Query { __typename }`;
    // Two to the power of a hundred spreads would take longer than there is time.
    expect((await send(world.gateway, levels(100), { token })).errors[0]?.extensions).toMatchObject({
      measure: 'fragments',
      actual: expect.any(Number),
    });
  });
});
