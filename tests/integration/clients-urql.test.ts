import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { gatehouseErrors } from '../../app/clients/errors';
import { createUrqlClient } from '../../app/clients/urql';
import { startWorld, type World } from '../harness/world';
import { clerkTokens, pageFetch } from './clients-support';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.reset());
beforeEach(() => world.supabase.control.clear());
afterAll(() => world.close());

interface Viewer {
  readonly id: string;
  readonly firstName: string | null;
  readonly fullName: string | null;
}
const VIEWER = '{ viewer { id firstName lastName fullName } }';
const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { viewer { id firstName lastName fullName imageUrl } } }`;
const TASKS = `query ($after: String, $filter: TaskFilter) { externalData { tasks(first: 2, after: $after, filter: $filter) {
  edges { cursor node { id title } } pageInfo { hasNextPage endCursor } totalCount } } }`;

/** A client of Ada's whose mutations wait in the network until they are let through, and the names a page has shown. */
async function pageShowingNames() {
  const page = pageFetch(world.gateway);
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  let sent = () => {};
  const mutationSent = new Promise<void>((resolve) => {
    sent = resolve;
  });
  const { getToken } = clerkTokens(await world.token('ada'));
  const client = createUrqlClient(getToken, {
    async fetch(input, init) {
      if (!String(init?.body).includes('mutation')) return page.fetch(input, init);
      sent();
      await held;
      return page.fetch(input, init);
    },
  });
  const shown: (string | null | undefined)[] = [];
  await new Promise<void>((loaded) => {
    client.query<{ viewer: Viewer | null }>(VIEWER, {}).subscribe(({ data }) => {
      shown.push(data?.viewer?.fullName);
      loaded();
    });
  });
  return { client, shown, mutationSent, letThrough, requests: page.requests };
}

// The first of this file: a warning is given once.
test('urql: objects without an id of their own are kept without a warning', async () => {
  const warn = vi.spyOn(console, 'warn');
  const { fetch } = pageFetch(world.gateway);
  const token = await world.token('ada', { org: 'acme', actor: { sub: 'user_support' } });
  const client = createUrqlClient(clerkTokens(token).getToken, { fetch });
  const query = `{ viewer { id actor { id } organization { id role }
    organizations(first: 1) { edges { cursor node { id name } } pageInfo { hasNextPage } totalCount } } }`;
  const { data, error } = await client.query(query, {}).toPromise();
  await client.query(TASKS, {}).toPromise();
  await client.mutation(UPDATE, { input: {} }).toPromise();
  expect({ error, warnings: warn.mock.calls }).toEqual({ error: undefined, warnings: [] });
  expect(data.viewer).toMatchObject({
    actor: { id: 'user_support' },
    organizations: { edges: [{ node: { name: 'Acme' } }], totalCount: 1 },
  });
});

test.each([
  [{ firstName: 'Augusta' }, 'Augusta Lovelace'],
  [{ firstName: '  Augusta  ', lastName: 'King' }, 'Augusta King'],
  [{ firstName: null }, 'Lovelace'],
  [{ lastName: '' }, 'Ada'],
  [{ firstName: ' ', lastName: null }, null],
])('urql: %j shows before the answer as the gateway will answer it', async (input, fullName) => {
  const { client, shown, mutationSent, letThrough } = await pageShowingNames();
  const done = client.mutation(UPDATE, { input }).toPromise();
  await mutationSent;
  expect(shown).toEqual(['Ada Lovelace', fullName]);
  letThrough();
  const { data, error } = await done;
  expect(error).toBeUndefined();
  expect(data.updateProfile.viewer.fullName).toBe(fullName);
  expect(new Set(shown)).toEqual(new Set(['Ada Lovelace', fullName]));
});

test('urql: a name that could not be changed is put back', async () => {
  const { client, shown, mutationSent, letThrough } = await pageShowingNames();
  world.clerk.control.inject({ endpoint: 'PATCH', fault: { kind: 'status', status: 429, retryAfter: 30 } });
  const done = client.mutation(UPDATE, { input: { firstName: 'Augusta' } }).toPromise();
  await mutationSent;
  expect(shown.at(-1)).toBe('Augusta Lovelace');
  letThrough();
  expect(gatehouseErrors((await done).error)).toMatchObject([{ code: 'RATE_LIMITED', source: 'clerk' }]);
  expect(shown).toEqual(['Ada Lovelace', 'Augusta Lovelace', 'Ada Lovelace']);
});

test('urql: whoever shows the viewer sees the new name without another request', async () => {
  const { client, letThrough, requests } = await pageShowingNames();
  letThrough();
  await client.mutation(UPDATE, { input: { firstName: 'Augusta' } }).toPromise();
  expect(requests).toHaveLength(2);
  const { data } = await client.query('{ viewer { id firstName imageUrl } }', {}).toPromise();
  expect(data.viewer).toMatchObject({ firstName: 'Augusta', imageUrl: expect.any(String) });
  expect(requests).toHaveLength(2);
});

test('urql: a name that was changed before the viewer was ever shown is answered all the same', async () => {
  const { fetch } = pageFetch(world.gateway);
  const client = createUrqlClient(clerkTokens(await world.token('ada')).getToken, { fetch });
  const { data } = await client.mutation(UPDATE, { input: { firstName: 'Augusta' } }).toPromise();
  expect(data.updateProfile.viewer.fullName).toBe('Augusta Lovelace');
});

test('urql: pages come as one list, and one list for each filter', async () => {
  const { fetch } = pageFetch(world.gateway);
  const client = createUrqlClient(clerkTokens(await world.token('ada', { org: 'acme' })).getToken, { fetch });
  const page = async (variables: object) =>
    (await client.query(TASKS, variables).toPromise()).data.externalData.tasks;
  const ids = ({ edges }: { edges: { node: { id: string } }[] }) => edges.map(({ node }) => node.id);
  const first = await page({});
  const both = await page({ after: first.pageInfo.endCursor });
  expect(ids(both)).toHaveLength(4);
  expect(ids(both).slice(0, 2)).toEqual(ids(first));
  expect(new Set(ids(both)).size).toBe(4);
  const all = await page({ after: both.pageInfo.endCursor });
  expect(new Set(ids(all)).size).toBe(6);
  expect(all).toMatchObject({ pageInfo: { hasNextPage: false }, totalCount: 6 });
  const filtered = await page({ filter: { done: { eq: true } } });
  expect(ids(filtered).length).toBeLessThanOrEqual(2);
  expect(filtered.totalCount).toBeLessThan(6);
});

test('urql: what failed is not kept, and is asked for again the next time', async () => {
  const { fetch, requests } = pageFetch(world.gateway);
  const client = createUrqlClient(clerkTokens(await world.token('ada')).getToken, { fetch });
  world.supabase.control.inject({ fault: { kind: 'status', status: 503 } });
  const failed = await client.query(TASKS, {}).toPromise();
  expect(gatehouseErrors(failed.error)).toMatchObject([{ code: 'UPSTREAM_UNAVAILABLE', source: 'supabase' }]);
  const { data, error } = await client.query(TASKS, {}).toPromise();
  expect(error).toBeUndefined();
  expect(data.externalData.tasks.edges).toHaveLength(2);
  expect(requests).toHaveLength(2);
});
