import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { send } from '../harness/client';
import { insertRows, recordCalls } from '../harness/upstream';
import { startWorld, type World } from '../harness/world';

/** A user of this file alone: rows of other files' users do not come in its way. */
const WALKER = 'user_walker';

interface Task {
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
  readonly createdAt: string;
}

let world: World;
let walkerToken: string;

beforeAll(async () => {
  world = await startWorld();
  walkerToken = await world.token('ada', { claims: { sub: WALKER }, ttl: 600 });
  await insertRows(
    world,
    walkerToken,
    'tasks',
    Array.from({ length: 100 }, (_, index) => ({
      title: TITLES[index % TITLES.length],
      done: index % 3 === 0,
      // Seven points in time for a hundred rows, some a microsecond apart.
      created_at: `2026-05-01T10:00:0${index % 4}.00000${index % 7 > 3 ? 1 : 0}+00:00`,
    })),
  );
});
beforeEach(() => world.supabase.control.clear());
afterAll(() => world.close());

/** Equal ones, and ones that mean something in PostgREST's language, in JSON, in SQL. */
const TITLES = [
  'plain',
  'plain',
  'a "quoted" word',
  'back\\slash',
  'comma, paren) and(',
  "it's",
  '100%',
  '*',
  'Ünïcödé 🧮',
  'null',
  'true',
  '{a,b}',
  '1.50',
  ' leading',
  'trailing ',
  'eq.x',
  'a\nb',
  '--',
  '',
];

const PAGE = `query ($first: Int, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {
  externalData { tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id title done createdAt } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`;

async function walk(variables: Record<string, unknown>): Promise<Task[]> {
  const tasks: Task[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await send(world.gateway, PAGE, {
      token: walkerToken,
      variables: { ...variables, after },
    });
    expect(errors).toEqual([]);
    const { edges, pageInfo } = data.externalData.tasks;
    tasks.push(...edges.map(({ node }: { node: Task }) => node));
    expect(pageInfo.hasPreviousPage).toBe(after !== null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return tasks;
}

const ORDERS = ['CREATED_AT', 'TITLE', 'DONE'].flatMap((field) =>
  ['ASC', 'DESC'].map((direction) => ({ field, direction })),
);

test.each(ORDERS)(
  'a walk by 7 in order $field $direction gives each of 100 rows once, in order',
  async (orderBy) => {
    const tasks = await walk({ first: 7, orderBy });
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(100);
    expect(tasks).toHaveLength(100);
    const key = { CREATED_AT: 'createdAt', TITLE: 'title', DONE: 'done' }[orderBy.field] as keyof Task;
    expect(tasks).toEqual(sorted(tasks, key, orderBy.direction));
  },
);

/** By the key and then by id, byte by byte, as the local database sorts. */
function sorted(tasks: readonly Task[], key: keyof Task, direction: string): Task[] {
  const sign = direction === 'ASC' ? 1 : -1;
  return [...tasks].sort(
    (one, other) => sign * (compare(sortKey(one[key]), sortKey(other[key])) || compare(one.id, other.id)),
  );
}

/** Times differ in their digits: 10:00:00Z comes before 10:00:00.000001Z, but not as a text. */
function sortKey(value: string | boolean): string {
  const text = String(value);
  return /^\d{4}-.*Z$/.test(text)
    ? text.replace(/(\.\d+)?Z$/, (_, fraction = '.') => fraction.padEnd(7, '0'))
    : text;
}

function compare(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

test('a walk in the default order begins with the newest', async () => {
  const tasks = await walk({ first: 30 });
  expect(tasks).toEqual(await walk({ first: 100, orderBy: { field: 'CREATED_AT', direction: 'DESC' } }));
});

test.each([...new Set(TITLES)])('a filter finds the title %j, and nothing else', async (title) => {
  const expected = TITLES.flatMap((_, at) => (TITLES[at] === title ? [at] : [])).length;
  const found = await walk({ first: 100, filter: { title: { eq: title } } });
  expect(new Set(found.map((task) => task.title))).toEqual(new Set([title]));
  expect(found.length).toBeGreaterThanOrEqual(expected * 5);
  const listed = await walk({ first: 100, filter: { title: { in: [title, 'no such title'] } } });
  expect(listed).toEqual(found);
});

test('every comparison restricts, and all of them together', async () => {
  const all = await walk({ first: 100 });
  const pivot = all[40]?.createdAt ?? '';
  const at = sortKey(pivot);
  const cases: [object, (task: Task) => boolean][] = [
    [{ done: { eq: true } }, ({ done }) => done],
    [{ createdAt: { eq: pivot } }, ({ createdAt }) => createdAt === pivot],
    [{ createdAt: { gt: pivot } }, ({ createdAt }) => sortKey(createdAt) > at],
    [{ createdAt: { gte: pivot } }, ({ createdAt }) => sortKey(createdAt) >= at],
    [{ createdAt: { lt: pivot } }, ({ createdAt }) => sortKey(createdAt) < at],
    [{ createdAt: { lte: pivot } }, ({ createdAt }) => sortKey(createdAt) <= at],
    [{ id: { eq: all[3]?.id } }, ({ id }) => id === all[3]?.id],
    [{ id: { in: [all[3]?.id, all[5]?.id] } }, ({ id }) => id === all[3]?.id || id === all[5]?.id],
    [{ id: { in: [] } }, () => false],
    [
      { done: { eq: false }, createdAt: { gt: pivot } },
      ({ done, createdAt }) => !done && sortKey(createdAt) > at,
    ],
    [{ done: null, title: { eq: null } }, () => true],
  ];
  for (const [filter, passes] of cases)
    expect(await walk({ first: 100, filter })).toEqual(all.filter(passes));
});

test.each([
  [{ after: 'made-up' }, 'after'],
  [{ after: Buffer.from('["created_at","DESC","x","y"]').toString('base64url') }, 'after'],
  [
    {
      after: Buffer.from(
        '["created_at","DESC","2026-01-01T00:00:00Z\\",id.gt.0","00000001-0000-4000-8000-000000000001"]',
      ).toString('base64url'),
    },
    'after',
  ],
  [{ first: -1 }, 'first'],
  [{ first: 101 }, 'first'],
  [{ filter: { id: { eq: 'no-uuid' } } }, 'filter.id.eq'],
  [{ filter: { title: { eq: 'nul\0' } } }, 'filter.title.eq'],
  [{ filter: { createdAt: { eq: '2026-02-30T00:00:00Z' } } }, 'filter.createdAt.eq'],
  [{ filter: { createdAt: { lt: '2026-05-01T00:00:00+16:00' } } }, 'filter.createdAt.lt'],
  [{ filter: { title: { eq: 'x'.repeat(1_001) } } }, 'filter.title.eq'],
  [{ filter: { title: { in: Array.from({ length: 101 }, String) } } }, 'filter.title.in'],
])('%j is BAD_USER_INPUT at its path, and the source is not asked', async (variables, path) => {
  const { status, codes, errors, data } = await send(world.gateway, PAGE, { token: walkerToken, variables });
  expect({ status, codes }).toEqual({ status: 200, codes: ['BAD_USER_INPUT'] });
  expect(errors[0]?.extensions.issues).toMatchObject([{ path: path.split('.') }]);
  expect(data).toEqual({ externalData: { tasks: null } });
  expect(world.supabase.control.calls()).toEqual({});
});

test('a cursor of another order is BAD_USER_INPUT', async () => {
  const { data } = await send(world.gateway, PAGE, { token: walkerToken, variables: { first: 1 } });
  const after = data.externalData.tasks.pageInfo.endCursor;
  const { codes } = await send(world.gateway, PAGE, {
    token: walkerToken,
    variables: { after, orderBy: { field: 'TITLE' } },
  });
  expect(codes).toEqual(['BAD_USER_INPUT']);
});

test.each([
  ['edges { node { title } }', 'title'],
  ['edges { node { ...on Task { t: title u: title } } }', 'title'],
  ['edges { cursor }', 'created_at,id'],
  ['pageInfo { hasNextPage }', 'id'],
  ['edges { __typename } pageInfo { endCursor }', 'created_at,id'],
  ['edges { node { done id @skip(if: true) } }', 'done'],
])('only the selected columns are asked of the source: { %s }', async (selection, columns) => {
  const seen = await upstreamQueries(`{ externalData { tasks(first: 1) { ${selection} } } }`);
  expect(seen.map(({ url }) => url.searchParams.get('select'))).toEqual([columns]);
  expect(seen.map(({ prefer }) => prefer)).toEqual([null]);
});

test('the source counts only where totalCount is selected, and then not just the page', async () => {
  const alone = await upstreamQueries('{ externalData { tasks { totalCount } } }');
  expect(alone.map(({ method, prefer }) => `${method} ${prefer}`)).toEqual(['HEAD count=exact']);

  const { data } = await send(world.gateway, PAGE, { token: walkerToken, variables: { first: 90 } });
  const after = data.externalData.tasks.pageInfo.endCursor;
  const answer = await send(
    world.gateway,
    'query ($after: String) { externalData { tasks(after: $after) { totalCount edges { node { id } } } } }',
    { token: walkerToken, variables: { after } },
  );
  expect(answer.data.externalData.tasks.totalCount).toBe(100);
  expect(answer.data.externalData.tasks.edges).toHaveLength(10);
});

test('the same rows under two aliases are one call, for the columns of both', async () => {
  const seen = await upstreamQueries(`{ externalData {
    a: tasks(first: 2) { edges { node { title } } }
    b: tasks(first: 2) { totalCount edges { node { done } } }
    c: tasks(first: 3) { edges { node { id } } } } }`);
  expect(seen.map(({ url }) => url.searchParams.get('select'))).toEqual(['title,done', 'id']);
});

/** The calls that an operation makes to the source. */
async function upstreamQueries(query: string) {
  const { errors, calls } = await recordCalls(world, query, { token: walkerToken });
  expect(errors).toEqual([]);
  return calls;
}
