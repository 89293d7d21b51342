import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isUnionType,
} from 'graphql';

/** Draws a number from 0 up to `below`. */
export type Draw = (below: number) => number;

type Variables = Readonly<Record<string, unknown>>;

export interface RandomOperation {
  readonly source: string;
  readonly operationName: string | null;
  /** For two executions. */
  readonly variables: readonly [Variables, Variables];
}

/** Variables by their type, with values: two that will do, and others that may not. `undefined` is none. */
const VARIABLES = {
  flag: { type: 'Boolean!', values: [true, false, null, undefined] },
  maybe: { type: 'Boolean = true', values: [true, false, undefined, null] },
  perhaps: { type: 'Boolean! = false', values: [true, false, undefined] },
  n: { type: 'Int', values: [1, 2, undefined, null, 'one'] },
  nSure: { type: 'Int! = 7', values: [1, undefined] },
  color: { type: 'Color', values: ['RED', 'BLUE', undefined, null, 'PINK'] },
  filter: {
    type: 'Filter',
    values: [{ size: 1 }, { size: 2, tags: ['a'], not: { size: 3, color: 'BLUE' } }, undefined, null, {}],
  },
  picky: { type: 'Picky', values: ['fine', undefined, null, 'coarse'] },
  tags: { type: '[String!]', values: [['a', 'b'], 'a', [], undefined, null, [null]] },
  rows: { type: '[[Int]]', values: [[[1, null], null], [], undefined, 3] },
} as const;

type Variable = keyof typeof VARIABLES;

/** Values for arguments, by name. The first is none. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  color: ['', 'RED', 'null', '$color'],
  size: ['', '3', 'null', '$n'],
  filter: [
    '',
    '{ size: 1 }',
    '{ size: 2, color: $color, tags: $tags }',
    '$filter',
    '{ size: $nSure, not: $filter }',
    '{ size: 1, picky: $picky, tags: ["x"] }',
  ],
  picky: ['', '"fine"', '$picky'],
  value: ['', '"fine"', '$picky', 'null'],
  n: ['', '4', '$n', '$nSure'],
  rows: ['', '[[1, 2], null]', '$rows', '[[$n]]', '5'],
  sure: ['', '[1, 2]', '[$nSure]'],
};

const CONDITIONS = ['true', 'false', '$flag', '$maybe', '$perhaps'];

/** Names for the name of the type, which in JavaScript are names of something else already. */
const ODD_ALIASES = ['__proto__', 'constructor', 'toString', 'then', 'toJSON', 'hasOwnProperty'];

const MOST_FRAGMENTS = 4;
const MOST_DEPTH = 5;

/** An operation, in a document with others perhaps, that is valid for a schema. */
export function randomOperation(schema: GraphQLSchema, draw: Draw): RandomOperation {
  const fragments: string[] = [];
  const composites = Object.values(schema.getTypeMap()).filter(isCompositeType);
  const inside = composites.filter(({ name }) => !/^(__|Query$|Mutation$)/.test(name));

  const pick = <T>(from: readonly [T, ...T[]] | readonly T[]): T | undefined => from[draw(from.length)];

  function condition(): string {
    if (draw(6) > 0) return '';
    return ` @${pick(['skip', 'include'])}(if: ${pick(CONDITIONS)})`;
  }

  function field({ name, args, type }: GraphQLField<unknown, unknown>, depth: number): string {
    const given = args.flatMap((arg) => {
      const value = pick(ARGUMENTS[arg.name] ?? ['']);
      return value ? [`${arg.name}: ${value}`] : [];
    });
    // Equal names in the answer must be of equal fields: the alias is made from the arguments.
    const alias = given.length > 0 ? `${name}_${hash(given.join())}: ` : draw(6) === 0 ? `${name}_: ` : '';
    const named = getNamedType(type);
    const call = `${alias}${name}${given.length > 0 ? `(${given.join()})` : ''}${condition()}`;
    return isCompositeType(named) ? `${call} ${selectionSet(named, depth - 1)}` : call;
  }

  function fragment(depth: number, fits: (type: GraphQLCompositeType) => boolean): string {
    const type = pick(inside.filter(fits));
    if (type === undefined) return '__typename';
    if (draw(2) === 0 || fragments.length >= MOST_FRAGMENTS)
      return `... on ${type.name}${condition()} ${selectionSet(type, depth - 1)}`;
    const content = selectionSet(type, depth - 1);
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${type.name} ${content}`);
    return `...${name}${condition()} ...${name}${condition()}`;
  }

  function selection(type: GraphQLCompositeType, depth: number): string {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const leaves = fields.filter((each) => !isCompositeType(getNamedType(each.type)));
    const kind = draw(16);
    if (kind === 0) return `${pick(ODD_ALIASES)}: __typename`;
    if (kind === 1) return `__typename${condition()}`;
    if (depth > 0 && kind === 2 && type === schema.getQueryType()) return pick(INTROSPECTION) ?? '';
    if (depth > 0 && kind <= 5) return fragment(depth, (other) => doTypesOverlap(schema, type, other));
    if (depth > 0 && kind === 6) return `...${condition()} ${selectionSet(type, depth - 1)}`;
    const chosen = pick(depth === 0 || draw(3) === 0 ? leaves : fields);
    return chosen ? field(chosen, depth) : '__typename';
  }

  function selectionSet(type: GraphQLCompositeType, depth: number): string {
    const selections = Array.from({ length: 2 + draw(4) }, () => selection(type, depth));
    return `{ ${selections.join(' ')} }`;
  }

  function variablesFor(names: readonly Variable[]): Variables {
    const given = names.map((name) => {
      const { values } = VARIABLES[name];
      const value: unknown = values[draw(draw(8) > 0 ? 2 : values.length)];
      return [name, value] as const;
    });
    return Object.fromEntries(given.filter(([, value]) => value !== undefined));
  }

  const root = (draw(4) === 0 && schema.getMutationType()) || schema.getQueryType();
  if (!root) throw new Error('The schema has no queries.');
  const content = selectionSet(root, MOST_DEPTH - draw(MOST_DEPTH));
  const all = [content, ...fragments].join('\n');
  const used = Object.keys(VARIABLES).filter((name): name is Variable =>
    new RegExp(`\\$${name}\\b`).test(all),
  );
  const declared = used.map((name) => `$${name}: ${VARIABLES[name].type}`).join();
  const others = draw(4) === 0 ? '\nquery Other { __typename }' : '';
  const named = others !== '' || draw(2) === 0;
  const kind = root === schema.getQueryType() ? 'query' : 'mutation';
  return {
    source: `${kind} ${named ? 'Wanted' : ''}${declared && `(${declared})`} ${all}${others}`,
    operationName: draw(10) > 0 ? (named ? 'Wanted' : null) : (pick(['Other', 'Unknown', null]) ?? null),
    variables: [variablesFor(used), variablesFor(used)],
  };
}

const INTROSPECTION = [
  '__schema { queryType { name } types { name kind possibleTypes { name } } }',
  'picked: __type(name: "User") { name fields { name type { kind ofType { name } } } }',
  'none: __type(name: "Nobody") { name }',
];

function hash(text: string): string {
  let sum = 7;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum.toString(36);
}
