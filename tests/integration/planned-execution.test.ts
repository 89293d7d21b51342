import fc from 'fast-check';
import { buildSchema, type GraphQLSchema, getIntrospectionQuery, isObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';
import { type Execution, planOperation, referenceOperation } from '../../gateway/execution';
import { scopedSchema } from '../harness/scoped-schema';

const later = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

type Resolver = (args: Record<string, unknown>, log: string[]) => unknown;

/** A schema with a resolver for every field of its roots: the default resolver calls the functions of a root object. */
function schemaOf(sdl: string, resolvers: Readonly<Record<string, Resolver>>): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const root of [schema.getQueryType(), schema.getMutationType()])
    for (const [name, field] of Object.entries(root?.getFields() ?? {}))
      field.resolve = (_source, args, log) => resolvers[name]?.(args, log);
  return schema;
}

/** A resolver that writes down when it begins and ends. */
const slow =
  (name: string): Resolver =>
  async (_args, log) => {
    log.push(`${name} begins`);
    await later();
    log.push(`${name} ends`);
    return name;
  };

const noted =
  (name: string): Resolver =>
  (_args, log) =>
    log.push(name);

const twins = schemaOf(
  `type Query { a: String, b: String, echo(text: String): String, item: Item } type Item { a: String }
   type Mutation { a: String, b: String, fails: String, failsBadly: String! }`,
  {
    a: slow('a'),
    b: slow('b'),
    echo: async ({ text }, log) => {
      await later();
      return `${text} ${log}`;
    },
    item: () => ({ a: 'of the item' }),
    fails: (_args, log) => Promise.reject(new Error(`failed after ${log.length}`)),
    failsBadly: () => null,
  },
);

function run(schema: GraphQLSchema, source: string, given: Partial<Execution> = {}, name?: string) {
  const execution = { contextValue: [], variables: null, ...given };
  return planOperation(schema, parse(source), name).execute(execution);
}

function both(
  schema: GraphQLSchema,
  source: string,
  variables: Execution['variables'] = null,
  name?: string,
) {
  const document = parse(source);
  return [planOperation, referenceOperation].map((by) =>
    by(schema, document, name).execute({ contextValue: [], variables }),
  );
}

test('fields of a query are resolved at the same time', async () => {
  const log: string[] = [];
  await run(twins, '{ a b }', { contextValue: log });
  expect(log).toEqual(['a begins', 'b begins', 'a ends', 'b ends']);
});

test('fields of a mutation are resolved one after the other, also after one that failed', async () => {
  const log: string[] = [];
  const result = await run(twins, 'mutation { a fails b }', { contextValue: log });
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(result).toMatchObject({
    data: { a: 'a', fails: null, b: 'b' },
    errors: [{ message: 'failed after 2' }],
  });
});

test('a mutation ends at a failure that makes all of its data null', async () => {
  const log: string[] = [];
  const result = await run(twins, 'mutation { a failsBadly b }', { contextValue: log });
  expect(log).toEqual(['a begins', 'a ends']);
  expect(result.data).toBeNull();
});

test('once whoever asked is gone no resolver is called, and the execution ends with the reason', async () => {
  const caller = new AbortController();
  const log: string[] = [];
  const schema = schemaOf('type Query { first: Int, goes: [Item], last: Int } type Item { id: Int! }', {
    first: noted('first'),
    goes: async (_args, calls) => {
      await later();
      calls.push('goes');
      caller.abort('gone');
      return [{ id: () => calls.push('of an item') }];
    },
    last: noted('last'),
  });
  const execution = { contextValue: log, signal: caller.signal };
  await expect(run(schema, '{ first goes { id } last }', execution)).rejects.toBe('gone');
  expect(log).toEqual(['first', 'last', 'goes']);
  expect(() => run(schema, '{ first }', execution)).toThrow('gone');
  expect(log).toHaveLength(3);
});

test('a resolver that ends the wait for the answer is the last one', () => {
  const caller = new AbortController();
  const log: string[] = [];
  const reason = new Error('gone');
  const schema = schemaOf('type Query { goes: Int!, last: Int! }', {
    goes: () => caller.abort(reason),
    last: noted('last'),
  });
  const execute = () => run(schema, '{ goes last }', { contextValue: log, signal: caller.signal });
  expect(execute).toThrow(reason);
  expect(log).toEqual([]);
});

test('the executions of one plan, at the same time, have each their own variables and context', async () => {
  const document = parse(
    'query ($text: String, $with: Boolean!) { echo(text: $text) a @include(if: $with) }',
  );
  const plan = planOperation(twins, document, null);
  const results = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      plan.execute({
        contextValue: [`context ${index}`],
        variables: { text: `text ${index}`, with: index % 3 === 0 },
      }),
    ),
  );
  for (const [index, { data }] of results.entries())
    expect(data).toEqual({
      echo: `text ${index} context ${index}${index % 3 === 0 ? ',a begins' : ''}`,
      ...(index % 3 === 0 ? { a: 'a' } : {}),
    });
});

test('more combinations of conditions than are remembered select the right fields', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const plan = planOperation(
    twins,
    parse(
      `query (${names.map((name) => `$${name}: Boolean!`)}) {
        item { ${names.map((name) => `${name}: a @include(if: $${name})`).join(' ')} }
      }`,
    ),
    null,
  );
  for (let round = 0; round < 2 * 2 ** names.length; round += 1) {
    const wanted = names.filter((_, index) => ((round >> index) & 1) === 1);
    const variables = Object.fromEntries(names.map((name) => [name, wanted.includes(name)]));
    const { data } = await plan.execute({ contextValue: [], variables });
    expect(data).toEqual({ item: Object.fromEntries(wanted.map((name) => [name, 'of the item'])) });
  }
});

test('a name that objects have from their prototype is an alias like any other', () => {
  const source = '{ item { __proto__: a constructor: __typename then: a toString: a } }';
  const [planned, expected] = both(twins, source);
  expect(JSON.stringify(planned)).toBe(
    '{"data":{"item":{"__proto__":"of the item","constructor":"Item","then":"of the item","toString":"of the item"}}}',
  );
  expect(JSON.stringify(expected)).toBe(JSON.stringify(planned));
  expect('hasOwnProperty' in Object(run(twins, '{ item { a } }')).data.item).toBe(false);
});

test('introspection gives what graphql-js gives', () => {
  const [planned, expected] = both(scopedSchema, getIntrospectionQuery({ inputValueDeprecation: true }));
  expect(JSON.stringify(planned)).toBe(JSON.stringify(expected));
});

test.each([
  ['an unknown name', '{ a }', null, 'Missing'],
  ['no name among several operations', 'query A { a } query B { a }', null, undefined],
  ['a document without an operation', 'fragment F on Query { a }', null, undefined],
  ['an operation that the schema has not', 'subscription { a }', null, undefined],
  ['a field that the schema has not', '{ item { a none } }', null, undefined],
  ['a fragment that is nowhere', '{ item { a ...None } }', null, undefined],
  ['an argument of a wrong type', '{ echo(text: 1) }', null, undefined],
  ['a variable of a wrong type', 'query ($t: String) { echo(text: $t) }', { t: 1 }, undefined],
  ['a condition without a value', 'query ($c: Boolean) { a @skip(if: $c) }', {}, undefined],
  [
    'more wrong variables than are told of',
    `query (${Array.from({ length: 60 }, (_, index) => `$v${index}: Int!`)}) { item { a } }`,
    {},
    undefined,
  ],
])('%s is refused as graphql-js refuses it', async (_case, source, variables, name) => {
  const [planned, expected] = await Promise.all(both(twins, source, variables, name));
  expect(planned).toEqual(expected);
  expect(JSON.stringify(planned)).toBe(JSON.stringify(expected));
});

/** What a property may hold, more or less like a scalar. */
const held = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.bigInt(),
  fc.constantFrom(
    null,
    undefined,
    2 ** 31,
    -0,
    Number.NaN,
    [],
    {},
    new Date(0),
    Symbol.iterator,
    '5',
    'true',
  ),
  fc.string().map((text) => () => text),
  fc.string().map((text) => Promise.resolve(text)),
  fc.string().map((text) => new Error(text)),
  fc.string().map((text) => ({ valueOf: () => text })),
);

const plain = buildSchema(
  'type Query { items: [Item] } type Item { id: ID string: String! boolean: Boolean int: Int float: Float! list: [Int] }',
);

test('fields without a resolver give what graphql-js makes of any property', async () => {
  const item = fc.record({ id: held, string: held, boolean: held, int: held, float: held, list: held });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(item), { maxLength: 4 }), async (items) => {
      const query = plain.getQueryType()?.getFields().items;
      if (query !== undefined) query.resolve = () => items;
      const [planned, reference] = await Promise.all(
        both(plain, '{ items { id string boolean int float list other: int } }'),
      );
      expect(JSON.stringify(planned)).toBe(JSON.stringify(reference));
    }),
    { seed: 20_261_127, numRuns: 2_000, endOnFailure: false },
  );
});

test('a plain field is read past its resolver only by whom it lets in', async () => {
  const schema = schemaOf('type Query { item: Item } type Item { a: String }', { item: () => ({ a: 'a' }) });
  const item = schema.getType('Item');
  const field = isObjectType(item) ? item.getFields().a : undefined;
  const asked: unknown[] = [];
  const resolve = (_source: unknown, _args: unknown, context: unknown) => {
    asked.push(context);
    return 'resolved';
  };
  if (field !== undefined) field.resolve = resolve;
  const operation = planOperation(schema, parse('{ item { a } }'), null, (resolver) =>
    resolver === resolve ? { property: 'a', mayRead: (context) => context === 'friend' } : undefined,
  );
  const answerOf = (contextValue: unknown) => operation.execute({ contextValue, variables: null });
  expect(JSON.stringify(answerOf('friend'))).toBe('{"data":{"item":{"a":"a"}}}');
  expect(JSON.stringify(answerOf('stranger'))).toBe('{"data":{"item":{"a":"resolved"}}}');
  expect(asked).toEqual(['stranger']);
});
