import { gql, type TypedDocumentNode } from '@apollo/client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApolloClient } from '../../app/clients/apollo';
import { gatehouseErrors } from '../../app/clients/errors';
import { startWorld, type World } from '../harness/world';
import { clerkTokens, pageFetch } from './clients-support';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.reset());
beforeEach(() => world.supabase.control.clear());
afterAll(() => world.close());

interface Tasks {
  readonly edges: readonly { readonly node: { readonly id: string; readonly done: boolean } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}
interface TasksQuery {
  readonly externalData: { readonly tasks: Tasks | null } | null;
}
const TASKS: TypedDocumentNode<TasksQuery> = gql`query ($after: String, $filter: TaskFilter, $orderBy: TaskOrder) { externalData {
  tasks(first: 2, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id title done } } pageInfo { hasNextPage endCursor } totalCount } } }`;
const VIEWER: TypedDocumentNode<{ viewer: { firstName: string } | null }> = gql`{ viewer { id firstName } }`;
const UPDATE = gql`mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { viewer { id firstName fullName } } }`;

async function adasPage() {
  const { fetch, requests } = pageFetch(world.gateway);
  const { getToken } = clerkTokens(await world.token('ada', { org: 'acme' }));
  return { client: createApolloClient(getToken, { fetch }), requests };
}

const ids = (tasks: Tasks | null | undefined) => tasks?.edges.map(({ node }) => node.id) ?? [];

/** Watches the tasks, as a component does, until the first page is there. */
async function watchTasks(client: ReturnType<typeof createApolloClient>, variables = {}) {
  const watched = client.watchQuery({ query: TASKS, variables });
  let stop = () => {};
  await new Promise<void>((loaded) => {
    const subscription = watched.subscribe(({ loading }) => loading || loaded());
    stop = () => subscription.unsubscribe();
  });
  const tasks = () => client.readQuery({ query: TASKS, variables })?.externalData?.tasks;
  const more = (options: { errorPolicy?: 'all' } = {}) =>
    watched.fetchMore({ variables: { after: tasks()?.pageInfo.endCursor }, ...options });
  return { tasks, more, stop };
}

test('Apollo: pages come as one list without duplicates', async () => {
  const { client } = await adasPage();
  const { tasks, more, stop } = await watchTasks(client);
  const first = ids(tasks());
  expect(first).toHaveLength(2);
  await Promise.all([more(), more()]);
  expect(ids(tasks())).toHaveLength(4);
  expect(ids(tasks()).slice(0, 2)).toEqual(first);
  await more();
  expect(new Set(ids(tasks())).size).toBe(6);
  expect(tasks()).toMatchObject({ pageInfo: { hasNextPage: false }, totalCount: 6 });
  stop();
});

test('Apollo: each filter and each order has a list of its own', async () => {
  const { client } = await adasPage();
  const all = await watchTasks(client);
  await all.more();
  const before = ids(all.tasks());
  const done = await watchTasks(client, { filter: { done: { eq: true } } });
  const ordered = await watchTasks(client, { orderBy: { field: 'CREATED_AT', direction: 'ASC' } });
  expect(done.tasks()?.edges.map(({ node }) => node.done)).not.toContain(false);
  expect(ids(ordered.tasks())).toHaveLength(2);
  expect(ids(ordered.tasks())).not.toEqual(before.slice(0, 2));
  expect(ids(all.tasks())).toEqual(before);
  for (const { stop } of [all, done, ordered]) stop();
});

test('Apollo: a page that fails is an error, and leaves the pages before it', async () => {
  const { client } = await adasPage();
  const { tasks, more, stop } = await watchTasks(client);
  const before = ids(tasks());
  world.supabase.control.inject({ times: 100, fault: { kind: 'status', status: 429, retryAfter: 7 } });
  const limited = [{ code: 'RATE_LIMITED', source: 'supabase', retryAfter: 7 }];
  // `fetchMore` has a policy of its own, whatever the client's defaults say: it rejects.
  expect(gatehouseErrors(await more().catch((error) => error))).toMatchObject(limited);
  expect(ids(tasks())).toEqual(before);
  expect(gatehouseErrors((await more({ errorPolicy: 'all' })).error)).toMatchObject(limited);
  expect(ids(tasks())).toEqual(before);
  world.supabase.control.clear();
  await more();
  expect(ids(tasks())).toHaveLength(4);
  stop();
});

test('Apollo: a first page that fails is no empty list', async () => {
  const { client } = await adasPage();
  world.supabase.control.inject({ fault: { kind: 'status', status: 503 } });
  const { data, error } = await client.query({ query: TASKS });
  expect(data).toMatchObject({ externalData: { tasks: null } });
  expect(gatehouseErrors(error)).toMatchObject([{ code: 'UPSTREAM_UNAVAILABLE', source: 'supabase' }]);
});

test('Apollo: whoever shows the viewer sees the new name without another request', async () => {
  const { client, requests } = await adasPage();
  await client.query({ query: VIEWER });
  await client.mutate({ mutation: UPDATE, variables: { input: { firstName: 'Augusta' } } });
  expect(requests).toHaveLength(2);
  const { data } = await client.query({ query: VIEWER });
  expect(data?.viewer?.firstName).toBe('Augusta');
  expect(requests).toHaveLength(2);
});

test('Apollo: two parts of a page that show different external data keep both', async () => {
  const { client, requests } = await adasPage();
  const { tasks, stop } = await watchTasks(client);
  const counted = gql`{ externalData { tasks(filter: { done: { eq: true } }) { totalCount } } }`;
  await client.query({ query: counted });
  expect(ids(tasks())).toHaveLength(2);
  await client.query({ query: TASKS });
  expect(requests).toHaveLength(2);
  stop();
});

test('Apollo: a component that watches shows what arrived beside what failed', async () => {
  const { client } = await adasPage();
  world.supabase.control.inject({ fault: { kind: 'status', status: 503 } });
  const query = gql`{ viewer { id firstName } externalData { tasks(first: 1) { totalCount } } }`;
  const shown = await new Promise<{ data?: unknown; error?: unknown }>((resolve) => {
    const subscription = client.watchQuery({ query }).subscribe((result) => {
      if (result.loading) return;
      resolve(result);
      subscription.unsubscribe();
    });
  });
  expect(shown.data).toMatchObject({ viewer: { firstName: 'Ada' }, externalData: { tasks: null } });
  expect(gatehouseErrors(shown.error)).toMatchObject([{ code: 'UPSTREAM_UNAVAILABLE', source: 'supabase' }]);
});

test('Apollo: the cache keeps an impersonator with the viewer, and not as an object of their own', async () => {
  const { fetch } = pageFetch(world.gateway);
  const { getToken } = clerkTokens(await world.token('ada', { actor: { sub: 'user_support' } }));
  const client = createApolloClient(getToken, { fetch });
  await client.query({ query: gql`{ viewer { id actor { id } } }` });
  const id = world.clerk.users[0]?.id;
  expect(client.extract()).toMatchObject({ [`Viewer:${id}`]: { actor: { id: 'user_support' } } });
});
