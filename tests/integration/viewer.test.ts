import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.clerk.control.clear();
  world.supabase.control.clear();
});
afterAll(() => world.close());

const EVERYTHING = `query {
  viewer { id firstName lastName fullName primaryEmailAddress
    organization { id slug name role permissions } tokenExpiresAt }
  externalData { tasks(first: 2) {
    edges { cursor node { id title done createdAt } } pageInfo { hasNextPage endCursor } totalCount } }
}`;

test('one request answers who the viewer is and what rows they have', async () => {
  const token = await world.token('ada', { org: 'acme' });
  const { status, data, errors } = await send(world.gateway, EVERYTHING, { token });
  expect(errors).toEqual([]);
  expect(status).toBe(200);
  expect(data.viewer).toMatchObject({
    id: world.clerk.users[0]?.id,
    firstName: 'Ada',
    lastName: 'Lovelace',
    fullName: 'Ada Lovelace',
    primaryEmailAddress: 'ada@example.com',
    organization: { slug: 'acme', name: 'Acme', role: 'org:admin' },
  });
  expect(data.viewer.organization.permissions).toContain('org:invoices:create');
  expect(Date.parse(data.viewer.tokenExpiresAt) - Date.now()).toBeLessThan(61_000);
  const { tasks } = data.externalData;
  expect(tasks.totalCount).toBe(6);
  expect(tasks.edges).toHaveLength(2);
  expect(tasks.pageInfo).toEqual({ hasNextPage: true, endCursor: tasks.edges[1].cursor });
  for (const { node } of tasks.edges)
    expect(node).toEqual({
      id: expect.any(String),
      title: expect.any(String),
      done: expect.any(Boolean),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/),
    });
});

test('the session token and a template token reach the same rows', async () => {
  const token = await world.token('ada', { org: 'acme' });
  const withTemplate = world.gatewayWith({ SUPABASE_JWT_TEMPLATE: 'supabase' });
  const native = await send(world.gateway, EVERYTHING, { token });
  expect(world.clerk.control.total('POST /v1/sessions/:id/tokens')).toBe(0);
  const template = await send(withTemplate, EVERYTHING, { token });
  expect(world.clerk.control.total('POST /v1/sessions/:id/tokens/supabase')).toBe(1);
  expect(template.errors).toEqual([]);
  expect(template.data).toEqual(native.data);
});

test('one template token serves every external query of an operation', async () => {
  const gateway = world.gatewayWith({ SUPABASE_JWT_TEMPLATE: 'supabase' });
  const { errors } = await send(
    gateway,
    '{ externalData { a: tasks(first: 1) { totalCount } b: tasks(first: 2) { edges { node { id } } } } }',
    { token: await world.token('ada') },
  );
  expect(errors).toEqual([]);
  expect(world.clerk.control.total()).toBe(1);
});

const FROM_TOKEN =
  '{ viewer { id sessionId tokenExpiresAt actor { id } organization { id slug role permissions } } }';

test('what the token says costs no network call', async () => {
  const token = await world.token('grace', { org: 'acme' });
  const { data, errors } = await send(world.gateway, FROM_TOKEN, { token });
  expect(errors).toEqual([]);
  expect(data.viewer).toMatchObject({ actor: null, organization: { slug: 'acme', role: 'org:member' } });
  expect(data.viewer.sessionId).toMatch(/^sess_/);
  expect(world.clerk.control.calls()).toEqual({});
  expect(world.supabase.control.calls()).toEqual({});
});

test('without CLERK_JWT_KEY the first request fetches the keys and no other calls anybody', async () => {
  const gateway = world.gatewayWith({ CLERK_JWT_KEY: '' });
  const token = await world.token('grace');
  await send(gateway, FROM_TOKEN, { token });
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/jwks': 1 });
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(gateway, FROM_TOKEN, { token })));
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/jwks': 1 });
});

test('ten aliases of the user record make one call', async () => {
  const aliases = Array.from({ length: 10 }, (_, index) => `v${index}: viewer { firstName lastSignInAt }`);
  const { data, errors } = await send(world.gateway, `{ ${aliases.join(' ')} }`, {
    token: await world.token('ada'),
  });
  expect(errors).toEqual([]);
  expect(Object.values(data)).toHaveLength(10);
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/users/:id': 1 });
});

test('a user without an organization has none, and one who is impersonated has an actor', async () => {
  const query = '{ viewer { organization { id } actor { id } } }';
  const alan = await send(world.gateway, query, { token: await world.token('alan') });
  expect(alan.data.viewer).toEqual({ organization: null, actor: null });
  const token = await world.token('alan', { actor: { sub: 'user_support' } });
  const impersonated = await send(world.gateway, query, { token });
  expect(impersonated.data.viewer.actor).toEqual({ id: 'user_support' });
});

test('organizations are paged, with the permissions that tokens leave out', async () => {
  const query = `query ($first: Int, $after: String) { viewer { organizations(first: $first, after: $after) {
    totalCount edges { cursor node { slug name role permissions } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;
  const token = await world.token('ada');
  const { data, errors } = await send(world.gateway, query, { token });
  expect(errors).toEqual([]);
  const { edges, pageInfo, totalCount } = data.viewer.organizations;
  expect(totalCount).toBe(1);
  expect(edges[0].node).toMatchObject({ slug: 'acme', name: 'Acme', role: 'org:admin' });
  expect(pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: edges[0].cursor,
    endCursor: edges[0].cursor,
  });
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/users/:id/organization_memberships': 1 });

  const next = await send(world.gateway, query, { token, variables: { after: pageInfo.endCursor } });
  expect(next.data.viewer.organizations).toMatchObject({ edges: [], totalCount: 1 });
  const none = await send(world.gateway, query, { token, variables: { first: 0 } });
  expect(none.data.viewer.organizations).toMatchObject({ edges: [], pageInfo: { hasNextPage: true } });
  for (const variables of [{ first: -1 }, { first: 101 }, { after: 'made-up' }, { after: 'WyJvIiwtMV0' }]) {
    const refused = await send(world.gateway, query, { token, variables });
    expect(refused.codes).toEqual(['BAD_USER_INPUT']);
    expect(refused.errors[0]?.extensions.issues).toMatchObject([{ path: [Object.keys(variables)[0]] }]);
  }
});
