import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { send } from '../harness/client';
import { insertRows, recordCalls } from '../harness/upstream';
import { startWorld, type World } from '../harness/world';

/** Users of this file alone, with what each of their tasks belongs to. */
const OWNER = 'user_relations_owner';
const LONER = 'user_relations_loner';
const MANY = 'user_relations_many';

/** A project of Grace's, from the seed. */
const GRACES_PROJECT = '00000002-0000-4000-9000-000000000001';

/** Each is a part of the one before. */
const PROJECTS = Array.from({ length: 8 }, (_, index) => ({ id: randomUUID(), name: `Project ${index}` }));
const MANY_PROJECTS = Array.from({ length: 150 }, (_, index) => ({
  id: randomUUID(),
  name: `One of ${index}`,
}));

let world: World;
let owner: string;
let loner: string;
let many: string;

beforeAll(async () => {
  world = await startWorld();
  const tokenOf = (sub: string) => world.token('ada', { claims: { sub }, ttl: 600 });
  [owner, loner, many] = await Promise.all([tokenOf(OWNER), tokenOf(LONER), tokenOf(MANY)]);
  await insertRows(
    world,
    owner,
    'projects',
    PROJECTS.map((project, index) => ({ ...project, parent_id: PROJECTS[index - 1]?.id ?? null })),
  );
  await insertTasks(
    owner,
    Array.from({ length: 20 }, (_, index) => PROJECTS[index % 8]?.id ?? null),
  );
  await insertTasks(loner, [null, GRACES_PROJECT, null]);
  await insertRows(world, many, 'projects', MANY_PROJECTS);
  await insertTasks(
    many,
    MANY_PROJECTS.map(({ id }) => id),
  );
});
beforeEach(() => world.supabase.control.clear());
afterAll(() => world.close());

/** Their titles tell their order. */
async function insertTasks(token: string, projectIds: readonly (string | null)[]): Promise<void> {
  const rows = projectIds.map((project_id, index) => ({
    title: `Task ${String(index).padStart(3, '0')}`,
    project_id,
  }));
  await insertRows(world, token, 'tasks', rows);
}

/** Sends a selection of tasks, and says which columns of what it asked the source for. */
async function tasks(token: string, selection: string, args = 'first: 20, orderBy: { field: TITLE }') {
  const { data, codes, errors, calls } = await recordCalls(
    world,
    `{ externalData { tasks(${args}) { ${selection} } } }`,
    { token },
  );
  return {
    nodes: data.externalData.tasks?.edges?.map(({ node }: { node: unknown }) => node),
    codes,
    errors,
    calls,
    asked: calls.map(({ url }) => `${url.pathname.split('/').at(-1)} ${url.searchParams.get('select')}`),
  };
}

test('twenty tasks with their projects are two upstream calls, the second for each project once', async () => {
  const { nodes, codes, calls, asked } = await tasks(owner, 'edges { node { title project { id name } } }');
  expect(codes).toEqual([]);
  expect(nodes.map(({ project }: { project: unknown }) => project)).toEqual(
    Array.from({ length: 20 }, (_, index) => PROJECTS[index % 8]),
  );
  expect(asked).toEqual(['tasks title,project_id', 'projects id,name']);
  expect(world.supabase.control.calls()).toEqual({ 'GET /rest/v1/tasks': 1, 'GET /rest/v1/projects': 1 });
  const ids = calls[1]?.url.searchParams.get('id') ?? '';
  expect(ids).toMatch(/^in\.\(/);
  expect(ids.match(/[0-9a-f-]{36}/g)?.toSorted()).toEqual(PROJECTS.map(({ id }) => id).toSorted());
  expect(calls[1]?.url.searchParams.get('user_id')).toBe(`eq.${OWNER}`);
});

test.each([
  ['edges { node { title } }', ['tasks title']],
  ['edges { node { title project @skip(if: true) { name } } }', ['tasks title']],
  ['edges { node { projectId } }', ['tasks project_id']],
  ['edges { node { projectId project { id } } }', ['tasks project_id', 'projects id']],
  ['edges { node { project { __typename } } }', ['tasks project_id', 'projects id']],
  [
    'edges { node { ...on Task { project { ...on Project { name } } } } }',
    ['tasks project_id', 'projects id,name'],
  ],
  [
    'edges { node { project { parentId parent { name } } } }',
    ['tasks project_id', 'projects id,parent_id', 'projects id,name'],
  ],
])('only the selected columns are asked of either table: { %s }', async (selection, expected) => {
  const { codes, asked } = await tasks(owner, selection);
  expect({ codes, asked }).toEqual({ codes: [], asked: expected });
});

test('aliases of a relation with different selections are one call, for the columns of all', async () => {
  const { nodes, codes, asked } = await tasks(
    owner,
    'edges { node { a: project { name } b: project { priority budget } c: project { id } } }',
  );
  expect(codes).toEqual([]);
  expect(asked).toEqual(['tasks project_id', 'projects id,name,priority,budget']);
  expect(nodes[1]).toEqual({
    a: { name: 'Project 1' },
    b: { priority: 0, budget: null },
    c: { id: PROJECTS[1]?.id },
  });
});

test('the relations of all connections on one level are one call', async () => {
  const { codes, calls } = await recordCalls(
    world,
    `{ externalData {
      a: tasks(first: 3) { edges { node { project { name } } } }
      b: tasks(first: 5, orderBy: { field: TITLE }) { edges { node { project { priority } } } }
      projects(first: 2) { edges { node { parent { name } } } } } }`,
    { token: owner },
  );
  expect(codes).toEqual([]);
  expect(calls).toHaveLength(4);
});

test('more keys than a filter takes are asked for in parts, each key once', async () => {
  const { data, codes, calls } = await recordCalls(
    world,
    `{ externalData {
      a: tasks(first: 100, orderBy: { field: TITLE }) { edges { node { project { name } } } }
      b: tasks(first: 100, orderBy: { field: TITLE, direction: DESC }) { edges { node { project { name } } } } } }`,
    { token: many },
  );
  expect(codes).toEqual([]);
  const lists = calls.slice(2).map(({ url }) => url.searchParams.get('id')?.match(/[0-9a-f-]{36}/g) ?? []);
  expect(lists.map(({ length }) => length)).toEqual([100, 50]);
  expect(new Set(lists.flat()).size).toBe(150);
  const { a, b } = data.externalData;
  const names = [...a.edges, ...b.edges.toReversed()].map(({ node }) => node.project.name);
  expect(names).toEqual([...MANY_PROJECTS.slice(0, 100), ...MANY_PROJECTS.slice(50)].map(({ name }) => name));
});

test('a task without a project has none, and costs no call', async () => {
  const { nodes, codes, asked } = await tasks(
    loner,
    'edges { node { projectId project { name } } }',
    'first: 1, orderBy: { field: TITLE }',
  );
  expect({ nodes, codes }).toEqual({ nodes: [{ projectId: null, project: null }], codes: [] });
  expect(asked).toEqual(['tasks project_id']);
});

test('a project that the caller may not see is null, without an error', async () => {
  const { nodes, codes } = await tasks(loner, 'edges { node { project { id name } } }');
  expect({ nodes, codes }).toEqual({
    nodes: [{ project: null }, { project: null }, { project: null }],
    codes: [],
  });
  const hers = await send(
    world.gateway,
    'query ($id: ID!) { externalData { projects(filter: { id: { eq: $id } }) { totalCount } } }',
    { token: await world.token('grace'), variables: { id: GRACES_PROJECT } },
  );
  expect(hers.data.externalData.projects.totalCount).toBe(1);
});

test('relations nest, with one call for each level', async () => {
  const { nodes, codes, asked } = await tasks(
    owner,
    'edges { node { project { name parent { name parent { name } } } } }',
    'filter: { title: { in: ["Task 003", "Task 007"] } }, orderBy: { field: TITLE }',
  );
  const named = (number: number) => ({ name: `Project ${number}` });
  expect(codes).toEqual([]);
  expect(nodes).toEqual([
    { project: { ...named(3), parent: { ...named(2), parent: named(1) } } },
    { project: { ...named(7), parent: { ...named(6), parent: named(5) } } },
  ]);
  expect(asked).toEqual([
    'tasks project_id',
    'projects id,name,parent_id',
    'projects id,name,parent_id',
    'projects id,name',
  ]);
});

test('what a level above has read already is not asked for again', async () => {
  const { nodes, asked } = await tasks(
    owner,
    'edges { node { project { name parent { name parent { name parent { name } } } } } }',
    'first: 2, orderBy: { field: TITLE }',
  );
  expect(nodes).toEqual([
    { project: { name: 'Project 0', parent: null } },
    { project: { name: 'Project 1', parent: { name: 'Project 0', parent: null } } },
  ]);
  expect(asked).toEqual(['tasks project_id', 'projects id,name,parent_id']);
});

test('tasks are filtered by their project', async () => {
  const { nodes } = await tasks(
    owner,
    'edges { node { title } }',
    `orderBy: { field: TITLE }, filter: { projectId: { eq: "${PROJECTS[3]?.id}" } }`,
  );
  expect(nodes).toEqual([{ title: 'Task 003' }, { title: 'Task 011' }, { title: 'Task 019' }]);
});

test.each([
  [{ kind: 'status', status: 503 } as const, 'UPSTREAM_UNAVAILABLE'],
  [{ kind: 'status', status: 429, retryAfter: 7 } as const, 'RATE_LIMITED'],
  [{ kind: 'close' } as const, 'UPSTREAM_UNAVAILABLE'],
])(
  'where the call for the projects meets %j the tasks are there, with %s at each project',
  async (fault, code) => {
    world.supabase.control.inject({ endpoint: 'GET /rest/v1/projects', fault });
    const { nodes, errors } = await tasks(
      owner,
      'edges { node { title project { name } } }',
      'first: 3, orderBy: { field: TITLE }',
    );
    expect(nodes).toEqual(
      ['000', '001', '002'].map((number) => ({ title: `Task ${number}`, project: null })),
    );
    expect(
      errors.map(({ path, extensions }) => [path?.join('.'), extensions.code, extensions.source]),
    ).toEqual([0, 1, 2].map((index) => [`externalData.tasks.edges.${index}.node.project`, code, 'supabase']));
    expect(world.supabase.control.total('GET /rest/v1/projects')).toBe(1);
  },
);

test('where one of two parts fails, the projects of the other are there', async () => {
  world.supabase.control.inject({
    endpoint: 'GET /rest/v1/projects',
    fault: { kind: 'status', status: 503 },
  });
  const { data, codes } = await send(
    world.gateway,
    `{ externalData {
      a: tasks(first: 100, orderBy: { field: TITLE }) { edges { node { project { name } } } }
      b: tasks(first: 50, orderBy: { field: TITLE, direction: DESC }) { edges { node { project { name } } } } } }`,
    { token: many },
  );
  const found = [...data.externalData.a.edges, ...data.externalData.b.edges].filter(
    ({ node }) => node.project !== null,
  );
  expect([50, 100]).toContain(found.length);
  expect(codes).toEqual(Array.from({ length: 150 - found.length }, () => 'UPSTREAM_UNAVAILABLE'));
});

test('nothing is shared between requests: each asks for itself, and sees its own', async () => {
  const query = '{ externalData { tasks(first: 100) { edges { node { project { id name } } } } } }';
  const callers = [
    { token: owner, own: PROJECTS, tasks: 20 },
    { token: loner, own: [], tasks: 0 },
    { token: many, own: MANY_PROJECTS, tasks: 100 },
  ];
  const answers = await Promise.all(
    Array.from({ length: 45 }, async (_, index) => {
      const { token, own, tasks } = callers[index % 3] ?? { token: '', own: [], tasks: -1 };
      return { own, tasks, ...(await send(world.gateway, query, { token })) };
    }),
  );
  for (const { own, tasks, data, errors } of answers) {
    expect(errors).toEqual([]);
    const seen = data.externalData.tasks.edges.flatMap((edge: typeof data) => edge.node.project ?? []);
    expect(seen).toHaveLength(tasks);
    expect(own).toEqual(expect.arrayContaining(seen));
  }
  expect(world.supabase.control.total('GET /rest/v1/projects')).toBe(45);
});

test('projects page like tasks', async () => {
  const query = `query ($after: String) { externalData { projects(first: 3, after: $after, orderBy: { field: NAME }) {
    totalCount edges { node { name parent { name } } } pageInfo { hasNextPage endCursor } } } }`;
  const names: string[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await send(world.gateway, query, { token: owner, variables: { after } });
    expect(errors).toEqual([]);
    const { totalCount, edges, pageInfo } = data.externalData.projects;
    expect(totalCount).toBe(8);
    names.push(...edges.map(({ node }: { node: { name: string } }) => node.name));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  expect(names).toEqual(PROJECTS.map(({ name }) => name));
});

test('a relation needs a signed-in user, as everything around it', async () => {
  const { status, codes } = await send(
    world.gateway,
    '{ externalData { tasks { edges { node { project { name } } } } } }',
  );
  expect({ status, codes }).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] });
  expect(world.supabase.control.calls()).toEqual({});
});
