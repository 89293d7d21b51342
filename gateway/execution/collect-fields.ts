import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';
import type { Fragments } from './chosen-operation';
import type { Variables } from './operation';

/** What decides which fields a selection has. */
export interface Collection {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  readonly variables: Variables;
}

/**
 * The fields that are selected of objects of a type, by the name they have in the answer, in the order of the answer.
 * @throws {GraphQLError} where a condition has no value.
 */
export function collectFields(
  collection: Collection,
  type: GraphQLObjectType,
  selectionSets: Iterable<SelectionSetNode>,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();

  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD && spread.has(selection.name.value)) continue;
      if (!isIncluded(selection, collection.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const earlier = fields.get(name);
        if (earlier === undefined) fields.set(name, [selection]);
        else earlier.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (isAbout(selection, type, collection.schema)) collect(selection.selectionSet);
      } else {
        spread.add(selection.name.value);
        const fragment = collection.fragments[selection.name.value];
        if (fragment !== undefined && isAbout(fragment, type, collection.schema))
          collect(fragment.selectionSet);
      }
    }
  }

  for (const selectionSet of selectionSets) collect(selectionSet);
  return fields;
}

/** `@skip` has the first word, and `@include` is not asked after it. */
function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false
  );
}

function isAbout(
  { typeCondition }: InlineFragmentNode | FragmentDefinitionNode,
  type: GraphQLObjectType,
  schema: GraphQLSchema,
): boolean {
  if (typeCondition === undefined) return true;
  const wanted = typeFromAST(schema, typeCondition);
  return wanted === type || (isAbstractType(wanted) && schema.isSubType(wanted, type));
}
