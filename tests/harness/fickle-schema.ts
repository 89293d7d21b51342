import {
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  responsePathAsArray,
} from 'graphql';
import { createSchema } from 'graphql-yoga';
import { chance, type Fickleness, outcome, outcomeOfItem, outcomeOfType } from './fickleness';

const KINDS = ['User', 'Robot', 'Stone'];

const PICK = 'pick(color: Color = GREEN, size: Int, filter: Filter, picky: Picky): String';
const NAMED = `name: String, color: Color!, ${PICK}`;
const NODE = `id: ID!, ${NAMED}, self: Node, sure: Node!, thing: Thing, things: [Thing!], peers: [Node]`;
const ROOT = `
  node: Node, sure: Node!, named: [Named], thing: Thing, user: User, robots: [Robot!]!, stone: Stone
  count(n: Int! = 3): Int!, picky(value: Picky = "fine"): Picky
`;

const typeDefs = `
  scalar Picky
  enum Color { RED GREEN BLUE }
  input Filter { color: Color = RED, size: Int!, not: Filter, picky: Picky = "fine", tags: [String!] }
  interface Named { ${NAMED} }
  interface Node implements Named { ${NODE} }
  type User implements Node & Named { ${NODE}, plain: String, method(n: Int! = 3): Int!, friends: [User!]! }
  type Robot implements Node & Named { ${NODE}, plain: String, parts: [[Stone!]!] }
  type Stone implements Node & Named { ${NODE}, weight: Float!, heavy: Boolean, picky: Picky, pickySure: Picky! }
  union Thing = User | Robot | Stone
  type Query { ${ROOT}, grid(rows: [[Int]], sure: [Int!]! = [1]): [[Int!]] }
  type Mutation { ${ROOT} }
`;

/** What is behind an object. Two of its fields have no resolver. */
class Source {
  readonly __typename: string | undefined;

  constructor(
    readonly fickleness: Fickleness,
    readonly key: string,
    readonly kind: string,
  ) {
    this.__typename = chance(fickleness, `${key}/typename`, 3) === 0 ? kind : undefined;
  }

  get plain(): unknown {
    return outcome(this.fickleness, `${this.key}/plain`, () => 'plain');
  }

  method(args: object, fickleness: Fickleness, info: GraphQLResolveInfo): unknown {
    tell(fickleness, args, info);
    return outcome(fickleness, `${this.key}/method`, () => this.key.length + Object.keys(args).length);
  }
}

const resolve: GraphQLFieldResolver<unknown, Fickleness> = (_source, args, fickleness, info) => {
  tell(fickleness, args, info);
  // Nobody else sees what becomes of the arguments.
  args.touched = true;
  const key = keyOf(info);
  return outcome(fickleness, key, () => valueFor(info.returnType, fickleness, key));
};

const keyOf = ({ path }: GraphQLResolveInfo) => responsePathAsArray(path).join('.');

/** Writes down all that a resolver is told. */
function tell({ calls }: Fickleness, args: object, info: GraphQLResolveInfo): void {
  calls.push(
    JSON.stringify({
      path: info.path,
      args,
      field: `${info.parentType.name}.${info.fieldName}: ${info.returnType}`,
      nodes: info.fieldNodes.map(({ loc }) => loc?.start),
      operation: info.operation.loc?.start,
      variables: info.variableValues,
      fragments: Object.keys(info.fragments),
      root: info.rootValue,
      schema: info.schema === fickleSchema,
    }),
  );
}

function valueFor(type: GraphQLOutputType, fickleness: Fickleness, key: string): unknown {
  if (isNonNullType(type)) return valueFor(getNullableType(type), fickleness, key);
  if (isListType(type)) {
    const items = Array.from({ length: chance(fickleness, `${key}/length`, 4) }, (_, index) =>
      outcomeOfItem(fickleness, `${key}.${index}`, () =>
        valueFor(type.ofType, fickleness, `${key}.${index}`),
      ),
    );
    return chance(fickleness, `${key}/set`, 4) === 0 ? new Set(items) : items;
  }
  if (isEnumType(type)) return chance(fickleness, `${key}/enum`, 3);
  if (isScalarType(type)) return scalarOf(type, fickleness, key);
  if (isObjectType(type)) return new Source(fickleness, key, type.name);
  return new Source(fickleness, key, KINDS[chance(fickleness, `${key}/kind`, KINDS.length)] ?? '');
}

function scalarOf({ name }: GraphQLScalarType, fickleness: Fickleness, key: string): unknown {
  const number = chance(fickleness, `${key}/scalar`, 1_000);
  if (name === 'Boolean') return number % 2 === 0;
  if (name === 'Int') return number;
  if (name === 'Float') return number / 8;
  return name === 'Picky' ? number % 12 : `${name} ${number}`;
}

/** Serializes to all that serializing can come to. */
const Picky = new GraphQLScalarType({
  name: 'Picky',
  serialize(value) {
    if (value === 0) return null;
    if (value === 1) throw new Error('too picky to be serialized');
    if (value === 2) return Promise.resolve('late');
    return value === 3 ? { nested: [value] } : String(value);
  },
  parseValue(value) {
    if (value !== 'fine') throw new TypeError(`too picky for ${JSON.stringify(value)}`);
    return { value };
  },
});

const isTypeOf = (name: string) => (value: unknown, fickleness: Fickleness, info: GraphQLResolveInfo) => {
  const key = `${name} ${keyOf(info)}`;
  fickleness.calls.push(`is it ${key}?`);
  const isOne = value instanceof Source && value.kind === name;
  return outcomeOfType(fickleness, key, isOne, [false, 'truthy', 0]);
};

const resolveType = (value: unknown, fickleness: Fickleness, info: GraphQLResolveInfo) => {
  const key = `type ${keyOf(info)}`;
  fickleness.calls.push(`what ${key}?`);
  const kind = value instanceof Source ? value.kind : null;
  return outcomeOfType(fickleness, key, kind, [null, 'Nope', 'Color', 'Query', 42]);
};

/** A schema whose resolvers do all that resolvers can do: at once or late, right or wrong. */
export const fickleSchema = createSchema({
  typeDefs,
  resolvers: {
    Color: { RED: 0, GREEN: 1, BLUE: 2 },
    Picky,
    Node: { __resolveType: resolveType },
    User: { __isTypeOf: isTypeOf('User') },
    Robot: { __isTypeOf: isTypeOf('Robot') },
  },
});

for (const type of Object.values(fickleSchema.getTypeMap()))
  if (isObjectType(type) && !type.name.startsWith('__'))
    for (const field of Object.values(type.getFields()))
      if (field.name !== 'plain' && field.name !== 'method') field.resolve = resolve;
