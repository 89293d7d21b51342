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
  /**
   * Objects that may be in the answer, and what their fields say they cost. Working it out takes the longer the more fragments are
   * spread, unlike the other measures: look at their limits first.
   */
  readonly cost: Cost;
}

/** Depends on the variables where one of them says how large a page is. */
export type Cost = number | ((variables: Variables) => number);

type Variables = Readonly<Record<string, unknown>>;

const NOTHING: Measures = { depth: 0, aliases: 0, directives: 0, rootFields: 0, fragments: 0, cost: 0 };

/** Items in a list whose size nothing tells. */
const LIST_SIZE = 10;

/**
 * Measures a document before it is validated: what is unknown to the schema costs nothing, and is refused later. Each
 * fragment is measured once for each type, however often it is spread, so that the work grows with the document and not
 * with what it spreads out to; a fragment that spreads itself is refused by validation.
 */
export function measure(schema: GraphQLSchema, document: DocumentNode): Measures {
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
    const parts: Measures[] = [];
    for (const selection of selections) {
      parts.push({ ...NOTHING, directives: selection.directives?.length ?? 0 });
      if (selection.kind === Kind.FIELD) parts.push(ofField(selection, typeName));
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        parts.push(ofSelections(selection.selectionSet, selection.typeCondition?.name.value ?? typeName));
      else parts.push({ ...NOTHING, fragments: 1 }, ofFragment(selection.name.value));
    }
    return together(parts);
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
      cost: sum([own, product(sizeOf(node, field), below.cost)]),
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
function sizeOf(node: FieldNode, field: GraphQLField<unknown, unknown> | undefined): Cost {
  if (field === undefined) return 1;
  if (field.args.some(({ name }) => name === 'first')) return pageSize(node);
  const type = getNullableType(field.type);
  // The edges of a connection are as many as its field says.
  return isListType(type) && field.name !== 'edges' ? LIST_SIZE : 1;
}

function pageSize({ arguments: args = [] }: FieldNode): Cost {
  const value = args.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.VARIABLE) return (variables) => boundedSize(variables[value.name.value]);
  return boundedSize(value?.kind === Kind.INT ? Number(value.value) : undefined);
}

/** A size out of bounds is refused by the field itself, and costs nothing. */
function boundedSize(given: unknown): number {
  return typeof given === 'number' ? Math.min(Math.max(0, given), MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE;
}

/** A cost in points. */
export function costWith(cost: Cost, variables: Variables): number {
  return typeof cost === 'number' ? cost : cost(variables);
}

function sum(costs: readonly Cost[]): Cost {
  const fixed = costs.reduce<number>((total, cost) => (typeof cost === 'number' ? total + cost : total), 0);
  const others = costs.filter((cost) => typeof cost === 'function');
  if (others.length === 0) return fixed;
  return (variables) => others.reduce((total, cost) => total + cost(variables), fixed);
}

function product(one: Cost, other: Cost): Cost {
  if (typeof one === 'number' && typeof other === 'number') return one * other;
  return (variables) => costWith(one, variables) * costWith(other, variables);
}

function greater(one: Cost, other: Cost): Cost {
  if (typeof one === 'number' && typeof other === 'number') return Math.max(one, other);
  return (variables) => Math.max(costWith(one, variables), costWith(other, variables));
}

function together(parts: readonly Measures[]): Measures {
  const total = { ...NOTHING, cost: sum(parts.map(({ cost }) => cost)) };
  for (const part of parts) {
    total.depth = Math.max(total.depth, part.depth);
    total.aliases += part.aliases;
    total.directives += part.directives;
    total.rootFields += part.rootFields;
    total.fragments += part.fragments;
  }
  return total;
}

function greatest(one: Measures, other: Measures): Measures {
  return {
    depth: Math.max(one.depth, other.depth),
    aliases: Math.max(one.aliases, other.aliases),
    directives: Math.max(one.directives, other.directives),
    rootFields: Math.max(one.rootFields, other.rootFields),
    fragments: Math.max(one.fragments, other.fragments),
    cost: greater(one.cost, other.cost),
  };
}
