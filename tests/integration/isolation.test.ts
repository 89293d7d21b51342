import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ConnectionSelection, readPage } from '../../resolvers/external/page';
import type { ExternalResource } from '../../resolvers/external/resource';
import { tasks } from '../../schema/external/tasks';
import type { UserAuth } from '../../sources/ports';
import { createSupabaseRows } from '../../sources/supabase';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  // Long enough for 500 requests to wait for each other at the one database.
  world = await startWorld({ GATEWAY_TIMEOUT_MS: '60000' });
});
beforeEach(() => {
  world.clerk.control.clear();
  world.supabase.control.clear();
});
afterAll(() => world.close());

const EVERYBODY = ['ada', 'grace', 'alan'] as const;
const OWN_ROWS =
  '{ viewer { id firstName } externalData { tasks(first: 100) { edges { node { id title } } } } }';

/** Deterministic, unlike Math.random: a failing run can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test('each of 500 interleaved answers belongs to its caller', async () => {
  const expected = new Map(
    await Promise.all(
      EVERYBODY.map(async (user) => {
        const { data } = await send(world.gateway, OWN_ROWS, { token: await world.token(user) });
        expect(data.externalData.tasks.edges.length).toBeGreaterThan(0);
        return [user, data] as const;
      }),
    ),
  );
  const random = randomNumbers(20_261_125);
  const gateways = [world.gateway, world.gatewayWith({ SUPABASE_JWT_TEMPLATE: 'supabase' })];
  for (const control of [world.clerk.control, world.supabase.control])
    for (let call = 0; call < 500; call += 1)
      control.inject({ fault: { kind: 'delay', ms: Math.floor(random() * 40) } });

  const answers = await Promise.all(
    Array.from({ length: 500 }, async () => {
      const user = EVERYBODY[Math.floor(random() * EVERYBODY.length)] ?? 'ada';
      const gateway = gateways[Math.floor(random() * gateways.length)] ?? world.gateway;
      return { user, ...(await send(gateway, OWN_ROWS, { token: await world.token(user) })) };
    }),
  );

  for (const { user, data, errors } of answers) {
    expect(errors).toEqual([]);
    expect(data).toEqual(expected.get(user));
  }
  expect(new Set(answers.map(({ user }) => user)).size).toBe(3);
}, 60_000);

test('two sessions of one user in different organizations do not mix', async () => {
  const query = '{ viewer { organization { slug role } } }';
  const [member, personal] = [await world.token('ada', { org: 'acme' }), await world.token('ada')];
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      send(world.gateway, query, { token: index % 2 === 0 ? member : personal }),
    ),
  );
  answers.forEach(({ data }, index) => {
    expect(data.viewer.organization).toEqual(index % 2 === 0 ? { slug: 'acme', role: 'org:admin' } : null);
  });
});

test("no filter, cursor or alias shows another user's rows", async () => {
  const graces = await send(
    world.gateway,
    '{ externalData { tasks(first: 3) { edges { cursor node { id title } } } } }',
    { token: await world.token('grace') },
  );
  const { cursor, node } = graces.data.externalData.tasks.edges[0];
  const { data, errors } = await send(
    world.gateway,
    `query ($id: ID!, $title: String!, $cursor: String!) { externalData {
      byId: tasks(filter: { id: { eq: $id } }) { totalCount edges { node { id } } }
      byIds: tasks(filter: { id: { in: [$id] } }) { totalCount edges { node { id } } }
      byTitle: tasks(filter: { title: { eq: $title } }) { totalCount edges { node { id } } }
      behindCursor: tasks(first: 100, after: $cursor) { edges { node { id } } } } }`,
    { token: await world.token('ada'), variables: { id: node.id, title: node.title, cursor } },
  );
  expect(errors).toEqual([]);
  const { behindCursor, ...filtered } = data.externalData;
  for (const connection of Object.values(filtered)) expect(connection).toEqual({ totalCount: 0, edges: [] });
  const hers = new Set(graces.data.externalData.tasks.edges.map((edge: typeof graces.data) => edge.node.id));
  for (const edge of behindCursor.edges) expect(hers).not.toContain(edge.node.id);
});

const SELECTION: ConnectionSelection = {
  nodeFields: ['id', 'userId'],
  cursors: false,
  rows: true,
  totalCount: true,
};

/** The tasks without our own restriction to the caller's rows, and with their owner shown. */
const { ownedBy: _, ...withoutOwner } = tasks as ExternalResource;
const UNFILTERED: ExternalResource = {
  ...withoutOwner,
  fields: {
    ...tasks.fields,
    userId: { type: 'String', column: 'user_id', description: 'Owner.', filterable: true },
  },
};

test("without our own filter the database still shows nobody else's rows", async () => {
  const [ada, grace] = world.clerk.users;
  const auth: UserAuth = {
    kind: 'user',
    userId: ada?.id ?? '',
    sessionId: 'sess_1',
    tokenExpiresAt: new Date(),
    organization: null,
    actorId: null,
    userUpdatedAt: null,
    has: () => false,
  };
  for (const template of [undefined, 'supabase']) {
    const token = await world.token('ada', template === undefined ? {} : { template });
    const rows = () =>
      createSupabaseRows({
        observe: () => {},
        url: world.supabase.url,
        anonKey: world.supabase.anonKey,
        signal: AbortSignal.timeout(60_000),
        token: () => Promise.resolve(token),
      });
    const all = await readPage(UNFILTERED, auth, { first: 100 }, SELECTION, rows());
    expect(all.totalCount).toBe(6);
    expect(new Set(all.edges.map(({ node }) => node.user_id))).toEqual(new Set([ada?.id]));

    const filter = { userId: { eq: grace?.id } };
    const hers = await readPage(UNFILTERED, auth, { filter }, SELECTION, rows());
    expect(hers).toMatchObject({ edges: [], totalCount: 0 });
  }
});

test('two sessions of one user in different organizations do not mix, whatever runs beside them', async () => {
  const query =
    '{ viewer { id sessionId organization { id slug role members { totalCount } } organizations { totalCount } } }';
  const [acme, personal] = await Promise.all([
    world.token('ada', { org: 'acme' }),
    world.token('ada', { claims: { sid: 'sess_2other' } }),
  ]);
  for (let call = 0; call < 50; call += 1)
    world.clerk.control.inject({ fault: { kind: 'delay', ms: (call * 7) % 20 } });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      send(world.gateway, query, { token: index % 2 === 0 ? acme : personal }),
    ),
  );
  for (const [index, { data, errors }] of answers.entries()) {
    expect(errors).toEqual([]);
    if (index % 2 === 0) {
      expect(data.viewer.organization).toMatchObject({ slug: 'acme', members: { totalCount: 2 } });
      expect(data.viewer.sessionId).not.toBe('sess_2other');
    } else expect(data.viewer).toMatchObject({ organization: null, sessionId: 'sess_2other' });
  }
});
