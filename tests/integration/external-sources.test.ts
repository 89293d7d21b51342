import { importSPKI } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiServer, dripBody, hang, say, startApi } from '../harness/api-servers';
import { send } from '../harness/client';
import { startHasuraApi } from '../harness/hasura-api';
import { startRowsApi } from '../harness/rows-api';
import { schemaOfAllKinds } from '../harness/source-kinds';
import { startWorld, type World } from '../harness/world';

const QUERY = '{ externalData { sources { name kind health latencyMs } } }';

const KINDS = [
  { name: 'supabase', kind: 'SUPABASE', variable: 'SUPABASE_URL' },
  { name: 'http', kind: 'HTTP', variable: 'HTTP_API_URL' },
  { name: 'graphql', kind: 'GRAPHQL', variable: 'GRAPHQL_API_URL' },
] as const;

let world: World;
let http: ApiServer;
let graphql: ApiServer;
/** Stands in for the source that misbehaves. */
let bad: ApiServer;

beforeAll(async () => {
  world = await startWorld();
  const data = { key: await importSPKI(world.clerk.jwtKey, 'RS256'), rows: {} };
  [http, graphql, bad] = await Promise.all([
    startRowsApi(data),
    startHasuraApi(data),
    startApi(async () => ({ body: {} })),
  ]);
});
beforeEach(() => {
  world.supabase.control.clear();
  for (const api of [http, graphql, bad]) api.takeCalls();
});
afterAll(() => Promise.all([world.close(), http.close(), graphql.close(), bad.close()]));

function gatewayWith(variables: Readonly<Record<string, string>> = {}) {
  return world.gatewayWith(
    { HTTP_API_URL: `${http.url}/v1`, GRAPHQL_API_URL: graphql.url, ...variables },
    { schema: schemaOfAllKinds },
  );
}

const admin = () => world.token('ada', { org: 'acme' });

test('every source that answers is UP, and was asked once, for one key', async () => {
  const { data, errors } = await send(
    gatewayWith(),
    '{ externalData { sources { name kind health latencyMs } again: sources { health latencyMs } } }',
    { token: await admin() },
  );
  expect(errors).toEqual([]);
  expect(data.externalData.sources).toEqual(
    KINDS.map(({ name, kind }) => ({ name, kind, health: 'UP', latencyMs: expect.any(Number) })),
  );
  expect(data.externalData.again).toEqual(KINDS.map(() => ({ health: 'UP', latencyMs: expect.any(Number) })));
  expect(world.supabase.control.total()).toBe(1);
  expect(http.takeCalls().map(({ url }) => url.search)).toEqual(['?select=id&order=id.asc%2Cid.asc&limit=1']);
  expect(graphql.takeCalls()).toHaveLength(1);
});

test('no source is asked where only names are selected', async () => {
  const { data } = await send(gatewayWith(), '{ externalData { sources { name kind } } }', {
    token: await admin(),
  });
  expect(data.externalData.sources).toEqual(KINDS.map(({ name, kind }) => ({ name, kind })));
  expect([world.supabase.control.total(), http.takeCalls(), graphql.takeCalls()]).toEqual([0, [], []]);
});

test('a source that no resource is read from has no health, and one that is not configured is not there', async () => {
  const gateway = world.gatewayWith({ HTTP_API_URL: bad.url });
  const { data, errors } = await send(gateway, QUERY, { token: await admin() });
  expect(errors).toEqual([]);
  expect(data.externalData.sources).toMatchObject([
    { name: 'supabase', health: 'UP' },
    { name: 'http', kind: 'HTTP', health: null, latencyMs: null },
  ]);
  expect(bad.takeCalls()).toEqual([]);
});

test.each([
  ['a member', { user: 'grace', org: 'acme' }],
  ['an admin without an active organization', { user: 'ada' }],
])('%s is not told what the gateway is made of', async (_who, { user, ...mint }) => {
  const { data, errors } = await send(gatewayWith(), QUERY, { token: await world.token(user, mint) });
  expect(data).toEqual({ externalData: { sources: null } });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requires: [{ role: 'org:admin' }] } }]);
  expect([world.supabase.control.total(), http.takeCalls(), graphql.takeCalls()]).toEqual([0, [], []]);
});

describe.each(KINDS)('$name', ({ name, variable }) => {
  const others = KINDS.filter((one) => one.name !== name).map((one) => ({ name: one.name, health: 'UP' }));

  test.each([
    ['fails', say(500, 'no')],
    ['refuses the token', say(401, {})],
    ['answers something else', say(200, { surprise: true })],
    ['is gone', say(404, 'not here')],
  ])('is DOWN where it %s, and the others are UP', async (_what, fault) => {
    bad.misbehave(fault);
    const { data, errors } = await send(gatewayWith({ [variable]: bad.url }), QUERY, {
      token: await admin(),
    });
    expect(errors).toEqual([]);
    expect(data.externalData.sources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name, health: 'DOWN', latencyMs: null }),
        ...others.map((other) => expect.objectContaining(other)),
      ]),
    );
  });

  test.each([
    ['is silent', hang],
    ['drips', dripBody],
  ])(
    'is DOWN after two seconds where it %s, long before the deadline, and is let go',
    async (_what, fault) => {
      bad.misbehave(fault);
      const cutOff = bad.nextCutOff();
      const startedAt = performance.now();
      const gateway = gatewayWith({ [variable]: bad.url, GATEWAY_TIMEOUT_MS: '60000' });
      const { data, errors } = await send(gateway, QUERY, { token: await admin() });
      await cutOff;
      expect(performance.now() - startedAt).toBeLessThan(15_000);
      expect(errors).toEqual([]);
      expect(data.externalData.sources).toContainEqual(
        expect.objectContaining({ name, health: 'DOWN', latencyMs: null }),
      );
    },
  );

  test('is DOWN, and no error, at the deadline of the request', async () => {
    bad.misbehave(hang);
    const gateway = gatewayWith({ [variable]: bad.url, GATEWAY_TIMEOUT_MS: '300' });
    const { data, errors } = await send(gateway, QUERY, { token: await admin() });
    expect(errors).toEqual([]);
    expect(data.externalData.sources).toContainEqual(
      expect.objectContaining({ name, health: 'DOWN', latencyMs: null }),
    );
  });
});

test('a source is DOWN after two seconds too where Clerk is silent about its token', async () => {
  world.clerk.control.inject({ endpoint: 'POST /v1/sessions/:id/tokens', fault: { kind: 'hang' } });
  const gateway = gatewayWith({ HTTP_API_JWT_TEMPLATE: 'rs256', GATEWAY_TIMEOUT_MS: '60000' });
  const { data, errors } = await send(gateway, QUERY, { token: await admin() });
  expect(errors).toEqual([]);
  expect(data.externalData.sources).toMatchObject([
    { health: 'UP' },
    { name: 'http', health: 'DOWN' },
    { health: 'UP' },
  ]);
});
