import { PostgrestClient } from '@supabase/postgrest-js';
import { importSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { createBuilder } from '../../schema';
import { type ApiRow, compare } from '../harness/api-rows';
import type { ApiServer } from '../harness/api-servers';
import { send } from '../harness/client';
import { startHasuraApi } from '../harness/hasura-api';
import { startRowsApi } from '../harness/rows-api';
import { schemaOfAllKinds } from '../harness/source-kinds';
import { startWorld, type World } from '../harness/world';

/** A user of this file alone: rows of other files' users do not come in its way. */
const READER = 'user_reader';

/** Ones that mean something in PostgREST's language, in an address, in JSON, in GraphQL, in SQL; some twice. */
const TITLES = [
  'plain',
  'plain',
  'a "quoted" word',
  'back\\slash',
  'ends in \\',
  'comma, paren) and(',
  "it's",
  '100%25 & a=b#c?d+e',
  '*',
  'Ünïcödé 🧮',
  '"},{"id":{"_gt":0}}',
  '$page',
  'null',
  '{a,b}',
  ' spaced ',
  'a\nb',
  '',
];

const ROWS: readonly ApiRow[] = Array.from({ length: 51 }, (_, index) => ({
  id: `00000000-0000-4000-8000-${String((index * 37) % 1000).padStart(12, '0')}`,
  title: TITLES[index % TITLES.length] ?? '',
  done: index % 3 === 0,
  // Few points in time, some a microsecond apart.
  created_at: `2026-05-01T10:00:0${index % 4}${index % 5 > 2 ? '.000001' : ''}+00:00`,
}));

const KINDS = [
  { field: 'tasks', type: 'Task' },
  { field: 'memos', type: 'Memo' },
  { field: 'notices', type: 'Notice' },
] as const;

type Kind = (typeof KINDS)[number];

let world: World;
let http: ApiServer;
let graphql: ApiServer;
let gateway: Gateway;
let token: string;
/** What each kind of source has: the local database makes ids of its own. */
let rowsOf: Readonly<Record<Kind['field'], readonly ApiRow[]>>;

beforeAll(async () => {
  world = await startWorld();
  const data = { key: await importSPKI(world.clerk.jwtKey, 'RS256'), rows: { [READER]: ROWS } };
  [http, graphql] = await Promise.all([startRowsApi(data), startHasuraApi(data)]);
  gateway = world.gatewayWith(
    { HTTP_API_URL: `${http.url}/v1/`, GRAPHQL_API_URL: `${graphql.url}/v1/graphql` },
    { schema: schemaOfAllKinds },
  );
  token = await world.token('ada', { claims: { sub: READER }, ttl: 600 });
  rowsOf = { tasks: await insertTasks(), memos: ROWS, notices: ROWS };
});
afterAll(() => Promise.all([world.close(), http.close(), graphql.close()]));

async function insertTasks(): Promise<ApiRow[]> {
  const { url, anonKey } = world.supabase;
  const client = new PostgrestClient(`${url}/rest/v1`, {
    headers: { apikey: anonKey, authorization: `Bearer ${token}` },
  });
  const rows = ROWS.map(({ title, done, created_at }) => ({ title, done, created_at }));
  const { data, error } = await client.from('tasks').insert(rows).select('id,title,done,created_at');
  expect(error).toBeNull();
  return data ?? [];
}

async function readPage({ field, type }: Kind, variables: object, as = token) {
  const { data, errors } = await send(
    gateway,
    `query ($first: Int, $after: String, $filter: ${type}Filter, $orderBy: ${type}Order) {
      externalData { page: ${field}(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
        totalCount edges { node { id title done } } pageInfo { hasNextPage endCursor } } } }`,
    { token: as, variables: { ...variables } },
  );
  expect(errors).toEqual([]);
  return data.externalData.page;
}

type Shown = Pick<ApiRow, 'id' | 'title' | 'done'>;

/** Every page, one after the other. Each says how many rows there are in all. */
async function walk(kind: Kind, variables: object): Promise<{ rows: Shown[]; totals: Set<number> }> {
  const rows: Shown[] = [];
  const totals = new Set<number>();
  let after: string | null = null;
  do {
    const page = await readPage(kind, { first: 11, ...variables, after });
    rows.push(...page.edges.map(({ node }: { node: Shown }) => node));
    totals.add(page.totalCount);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return { rows, totals };
}

function expected(
  rows: readonly ApiRow[],
  passes: (row: ApiRow) => boolean,
  column: keyof ApiRow,
  direction: string,
): Shown[] {
  const sign = direction === 'ASC' ? 1 : -1;
  return rows
    .filter(passes)
    .sort((one, other) => sign * (compare(one[column], other[column]) || compare(one.id, other.id)))
    .map(({ id, title, done }) => ({ id, title, done }));
}

const ORDERS = (
  [
    ['CREATED_AT', 'created_at'],
    ['TITLE', 'title'],
    ['DONE', 'done'],
  ] as const
).flatMap(([field, column]) => ['ASC', 'DESC'].map((direction) => ({ field, column, direction })));

describe.each(KINDS)('$field', (kind) => {
  test.each(ORDERS)('page by page in order $field $direction are the rows sorted', async (order) => {
    const { field, column, direction } = order;
    const { rows, totals } = await walk(kind, { orderBy: { field, direction } });
    expect(rows).toEqual(expected(rowsOf[kind.field], () => true, column, direction));
    expect([...totals]).toEqual([ROWS.length]);
  });

  test.each([...new Set(TITLES)])('with the title %j are found, and no others', async (title) => {
    const found = await walk(kind, { filter: { title: { eq: title } } });
    const of = expected(rowsOf[kind.field], (row) => row.title === title, 'created_at', 'DESC');
    expect(found).toEqual({ rows: of, totals: new Set([of.length]) });
    expect(await walk(kind, { filter: { title: { in: [title, 'no such title'] } } })).toEqual(found);
  });

  test.each([
    ['eq', (order: number) => order === 0],
    ['gt', (order: number) => order > 0],
    ['gte', (order: number) => order >= 0],
    ['lt', (order: number) => order < 0],
    ['lte', (order: number) => order <= 0],
  ] as const)('that compare with a time by %s are found, page by page', async (operator, passes) => {
    const pivot = '2026-05-01T10:00:02.000001Z';
    const { rows, totals } = await walk(kind, {
      filter: { createdAt: { [operator]: pivot }, done: { eq: false } },
      orderBy: { field: 'CREATED_AT', direction: 'ASC' },
      first: 4,
    });
    const of = expected(
      rowsOf[kind.field],
      ({ created_at, done }) => !done && passes(compare(created_at, pivot)),
      'created_at',
      'ASC',
    );
    expect(of.length).toBeGreaterThan(0);
    expect(rows).toEqual(of);
    expect([...totals]).toEqual([of.length]);
  });

  test('in an empty list are none', async () => {
    expect(await walk(kind, { filter: { id: { in: [] } } })).toEqual({ rows: [], totals: new Set([0]) });
  });

  test('are not given for a token whose time is over at the source, while the gateway still lets it in', async () => {
    const late = await world.token('ada', { claims: { sub: READER }, ttl: -1 });
    const { data, codes } = await send(
      gateway,
      `{ viewer { id } externalData { ${kind.field} { totalCount edges { cursor } } } }`,
      { token: late },
    );
    expect({ data, codes }).toEqual({
      data: { viewer: { id: READER }, externalData: { [kind.field]: null } },
      codes: ['TOKEN_EXPIRED'],
    });
  });

  test('of somebody else are not given', async () => {
    const stranger = await world.token('ada', { claims: { sub: 'user_stranger' } });
    expect(await readPage(kind, {}, stranger)).toMatchObject({ totalCount: 0, edges: [] });
  });
});

test('the HTTP API is asked once for two fields that read the same page, in words that the docs explain', async () => {
  http.takeCalls();
  const { errors } = await send(
    gateway,
    `query ($filter: MemoFilter) { externalData {
      a: memos(first: 2, filter: $filter) { edges { node { title } } }
      b: memos(first: 2, filter: $filter) { totalCount edges { node { done } } } } }`,
    { token, variables: { filter: { done: { eq: true }, title: { in: ['a,b', 'c"d'] } } } },
  );
  expect(errors).toEqual([]);
  const calls = http.takeCalls();
  expect(calls.map(({ method, url }) => [method, url.pathname])).toEqual([['GET', '/v1/memos']]);
  expect(Object.fromEntries(calls[0]?.url.searchParams ?? [])).toEqual({
    filter: '[["done","eq",true],["title","in",["a,b","c\\"d"]]]',
    select: 'title,done',
    order: 'created_at.desc,id.desc',
    limit: '3',
    count: 'true',
  });
});

test('the GraphQL API is asked once for two fields that read the same page, and the document holds no value', async () => {
  graphql.takeCalls();
  const filter = 'filter: { title: { eq: "secret value" } }';
  const { errors } = await send(
    gateway,
    `{ externalData { a: notices(first: 2, ${filter}) { edges { node { title } } } b: notices(first: 2, ${filter}) { totalCount } } }`,
    { token },
  );
  expect(errors).toEqual([]);
  const bodies = graphql.takeCalls().map(({ body }) => JSON.parse(body));
  expect(bodies).toHaveLength(1);
  expect(bodies[0].query).toBe(
    'query Rows($page: notices_bool_exp!, $order: [notices_order_by!]!, $limit: Int!, $all: notices_bool_exp!) ' +
      '{ rows: notices(where: $page, order_by: $order, limit: $limit) { title } ' +
      'total: notices_aggregate(where: $all) { aggregate { count } } }',
  );
  expect(JSON.stringify(bodies[0].variables)).toContain('secret value');
});

test.each([
  ['tasks', () => undefined],
  ['memos', () => http],
  ['notices', () => graphql],
])('of %s nothing is asked where nothing is selected', async (field, api) => {
  api()?.takeCalls();
  world.supabase.control.clear();
  const { data } = await send(gateway, `{ externalData { ${field} { __typename } } }`, { token });
  expect(data.externalData[field]).toEqual({ __typename: expect.any(String) });
  expect([api()?.takeCalls() ?? [], world.supabase.control.total()]).toEqual([[], 0]);
});

test.each([
  { variable: 'HTTP_API_JWT_TEMPLATE', templated: () => http, other: () => graphql },
  { variable: 'GRAPHQL_API_JWT_TEMPLATE', templated: () => graphql, other: () => http },
])('the template in $variable makes the token of that source, once, and of no other', async (source) => {
  const withTemplate = world.gatewayWith(
    { HTTP_API_URL: `${http.url}/v1`, GRAPHQL_API_URL: graphql.url, [source.variable]: 'rs256' },
    { schema: schemaOfAllKinds },
  );
  const sessionToken = await world.token('ada');
  http.takeCalls();
  graphql.takeCalls();
  world.clerk.control.clear();
  const { errors } = await send(
    withTemplate,
    `{ externalData { memos { totalCount } more: memos(first: 1) { edges { cursor } }
      notices { totalCount } others: notices(first: 1) { edges { cursor } } } }`,
    { token: sessionToken },
  );
  expect(errors).toEqual([]);
  const tokensAt = (api: ApiServer) =>
    api.takeCalls().map(({ headers }) => headers.authorization === `Bearer ${sessionToken}`);
  expect(tokensAt(source.templated())).toEqual([false, false]);
  expect(tokensAt(source.other())).toEqual([true, true]);
  expect(world.clerk.control.total('POST /v1/sessions')).toBe(1);
});

test('a filter that does not fit into an address is BAD_USER_INPUT, and the HTTP API is not asked', async () => {
  http.takeCalls();
  const variables = { filter: { title: { in: Array.from({ length: 90 }, () => 'x'.repeat(1_000)) } } };
  const query = 'query ($filter: MemoFilter) { externalData { memos(filter: $filter) { totalCount } } }';
  const { codes } = await send(gateway, query, { token, variables });
  expect(codes).toEqual(['BAD_USER_INPUT']);
  expect(http.takeCalls()).toEqual([]);
});

test('a gateway is not made whose schema needs sources that are not configured: the error names the variables', () => {
  const make = () => world.gatewayWith({}, { schema: schemaOfAllKinds });
  expect(make).toThrow('HTTP_API_URL: is missing: ExternalData.memos');
  expect(make).toThrow('GRAPHQL_API_URL: is missing: ExternalData.notices');
});

test('a gateway is not made whose schema needs a source that there is not: the error names the field', () => {
  // From JSON, as from JavaScript: no compiler has seen it.
  const externalResource = JSON.parse('{ "source": "mongo" }');
  const builder = createBuilder();
  builder.queryType({
    fields: (t) => ({
      rows: t.boolean({
        public: true,
        extensions: { externalResource },
        resolve: () => true,
      }),
    }),
  });
  expect(() => world.gatewayWith({}, { schema: builder.toSchema() })).toThrow(
    'Query.rows is read from the source "mongo", and there is none of that name: supabase, http, graphql.',
  );
});
