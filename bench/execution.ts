/**
 * How fast operations are executed, by themselves: as plans, by graphql-js, and by the executor that Yoga brings along. Prints
 * ratios, which say something on any machine. What executors are worth in a server `npm run bench` says.
 */
import { execute as executeByTools } from '@graphql-tools/executor';
import {
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { planOperation, referenceOperation } from '../gateway/execution';

const ROUNDS = 31;
const MS_PER_ROUND = 40;

interface Caller {
  readonly userId: string | null;
}

const checked = <T>(resolve: (source: Record<string, T>, caller: Caller) => T) => ({
  resolve: (source: Record<string, T>, _args: object, caller: Caller) => {
    if (caller.userId === null) throw new Error('Sign in.');
    return resolve(source, caller);
  },
});

const Viewer = new GraphQLObjectType({
  name: 'Viewer',
  fields: { id: { type: new GraphQLNonNull(GraphQLID), ...checked((_viewer, { userId }) => userId) } },
});

const Task = new GraphQLObjectType({
  name: 'Task',
  fields: {
    id: { type: new GraphQLNonNull(GraphQLID), ...checked(({ id }) => id) },
    title: { type: new GraphQLNonNull(GraphQLString), ...checked(({ title }) => title) },
    status: { type: GraphQLString, ...checked(({ status }) => status) },
    points: { type: GraphQLInt, ...checked(({ points }) => points) },
    assignee: { type: GraphQLString, ...checked(({ assignee }) => assignee) },
  },
});

const TASKS = Array.from({ length: 1_000 }, (_, index) => ({
  id: `task-${index}`,
  title: `Task number ${index}`,
  status: index % 3 === 0 ? 'done' : 'open',
  points: index % 13,
  assignee: index % 5 === 0 ? null : `user-${index % 7}`,
}));

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      viewer: { type: Viewer, ...checked(() => ({})) },
      tasks: { type: new GraphQLList(new GraphQLNonNull(Task)), resolve: () => TASKS },
      tasksLater: { type: new GraphQLList(new GraphQLNonNull(Task)), resolve: async () => TASKS },
    },
  }),
});

const OPERATIONS = {
  viewer: '{ viewer { id } }',
  list: '{ tasks { id title status points assignee } }',
  'list, later': '{ tasksLater { id title status points assignee } }',
};

const contextValue: Caller = { userId: 'user-1' };
const signal = new AbortController().signal;

/** Executions in a millisecond. */
async function speed(execute: () => unknown): Promise<number> {
  const begin = performance.now();
  let executions = 0;
  let end = begin;
  for (; end - begin < MS_PER_ROUND; end = performance.now()) {
    const result = execute();
    if (result instanceof Promise) await result;
    executions += 1;
  }
  return executions / (end - begin);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

for (const [name, source] of Object.entries(OPERATIONS)) {
  const document = parse(source);
  const plan = planOperation(schema, document, null);
  const reference = referenceOperation(schema, document, null);
  const executors: Readonly<Record<string, () => unknown>> = {
    'graphql-js': () => reference.execute({ contextValue, variables: null, signal }),
    '@graphql-tools/executor': () => executeByTools({ schema, document, contextValue }),
    plan: () => plan.execute({ contextValue, variables: null, signal }),
  };
  const speeds = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [executor, execute] of Object.entries(executors))
      speeds.set(executor, [...(speeds.get(executor) ?? []), await speed(execute)]);
  const reached = [...speeds].map(([executor, all]) => ({ executor, speed: median(all.slice(ROUNDS / 3)) }));
  const base = reached[0]?.speed ?? Number.NaN;
  process.stdout.write(`${name}\n`);
  for (const { executor, speed } of reached)
    process.stdout.write(
      `  ${executor.padEnd(26)}${(speed / base).toFixed(2)}  (${(1_000 / speed).toFixed(1)} us)\n`,
    );
}
