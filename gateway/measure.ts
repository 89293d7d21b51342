import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../resolvers/page-size';

/** What a document asks for, with its fragments spread out. Of several operations the greatest counts. */
export interface Measures {
  /** Fields below each other. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
  /** Fragments that are spread, each time anew. */
  readonly fragments: number;
  /** Objects that may be in the answer, and what their fields say they cost. */
  readonly cost: number;
}

type Variables = Readonly<Record<string, unknown>>;

const NOTHING: Measures = { depth: 0, aliases: 0, directives: 0, rootFields: 0, fragments: 0, cost: 0 };

/** Items in a list whose size nothing tells. */
const LIST_SIZE = 10;

/**
 * Measures a document before it is validated: what is unknown to the schema costs nothing, and is refused later. Each
 * fragment is measured once for each type, however often it is spread, so that the work grows with the document and not
 * with what it spreads out to; a fragment that spreads itself is refused by validation.
 */
export function measure(schema: GraphQLSchema, document: DocumentNode, variables: Variables): Measures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const measured = new Map<string, Measures | null>();

  function ofFragment(name: string): Measures {
    const known = measured.get(name);
    // Null: it is being measured, and so spreads itself.
    if (known !== undefined) return known ?? NOTHING;
    const fragment = fragments.get(name);
    if (fragment === undefined) return NOTHING;
    measured.set(name, null);
    const measures = ofSelections(fragment.selectionSet, fragment.typeCondition.name.value);
    measured.set(name, measures);
    return measures;
  }

  function ofSelections({ selections }: SelectionSetNode, typeName: string | undefined): Measures {
    let sum = NOTHING;
    for (const selection of selections) {
      const directives = { ...NOTHING, directives: selection.directives?.length ?? 0 };
      if (selection.kind === Kind.FIELD) sum = plus(sum, directives, ofField(selection, typeName));
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        sum = plus(
          sum,
          directives,
          ofSelections(selection.selectionSet, selection.typeCondition?.name.value ?? typeName),
        );
      else sum = plus(sum, directives, { ...NOTHING, fragments: 1 }, ofFragment(selection.name.value));
    }
    return sum;
  }

  function ofField(node: FieldNode, typeName: string | undefined): Measures {
    const field = fieldOf(schema, typeName, node.name.value);
    const type = field && getNamedType(field.type);
    const below = node.selectionSet ? ofSelections(node.selectionSet, type?.name) : NOTHING;
    const own = (isCompositeType(type) ? 1 : 0) + declaredCost(field);
    return {
      depth: below.depth + 1,
      aliases: below.aliases + (node.alias === undefined ? 0 : 1),
      directives: below.directives,
      rootFields: 1,
      fragments: below.fragments,
      cost: own + sizeOf(node, field, variables) * below.cost,
    };
  }

  return operations
    .map((operation) => {
      const root = schema.getRootType(operation.operation)?.name;
      const measures = ofSelections(operation.selectionSet, root);
      return { ...measures, directives: measures.directives + (operation.directives?.length ?? 0) };
    })
    .reduce(greatest, NOTHING);
}

/** Introspection is free: it is of bounded size, and switched off where it is not wanted. */
function fieldOf(
  schema: GraphQLSchema,
  typeName: string | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  const type = typeName === undefined || name.startsWith('__') ? undefined : schema.getType(typeName);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

function declaredCost(field: GraphQLField<unknown, unknown> | undefined): number {
  const cost = field?.extensions.cost;
  return typeof cost === 'number' ? cost : 0;
}

/** How many times the selection of a field may be in the answer. */
function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown> | undefined,
  variables: Variables,
): number {
  if (field === undefined) return 1;
  if (field.args.some(({ name }) => name === 'first')) return pageSize(node, variables);
  const type = getNullableType(field.type);
  // The edges of a connection are as many as its field says.
  return isListType(type) && field.name !== 'edges' ? LIST_SIZE : 1;
}

function pageSize({ arguments: args = [] }: FieldNode, variables: Variables): number {
  const value = args.find(({ name }) => name.value === 'first')?.value;
  const literal = value?.kind === Kind.INT ? Number(value.value) : undefined;
  const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : literal;
  // A size out of bounds is refused by the field itself, and costs nothing.
  return typeof given === 'number' ? Math.min(Math.max(0, given), MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE;
}

function plus(...parts: readonly Measures[]): Measures {
  const sum = { ...NOTHING };
  for (const part of parts) {
    sum.depth = Math.max(sum.depth, part.depth);
    sum.aliases += part.aliases;
    sum.directives += part.directives;
    sum.rootFields += part.rootFields;
    sum.fragments += part.fragments;
    sum.cost += part.cost;
  }
  return sum;
}

function greatest(one: Measures, other: Measures): Measures {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: Math.max(one.aliases, other.aliases),
    directives: Math.max(one.directives, other.directives),
    rootFields: Math.max(one.rootFields, other.rootFields),
    fragments: Math.max(one.fragments, other.fragments),
    cost: Math.max(one.cost, other.cost),
  };
}
