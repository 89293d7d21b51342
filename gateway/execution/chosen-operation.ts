import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** The operation that a request asks for, with the fragments it may spread. */
export interface ChosenOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
}

/** The operation of that name, or the only one; the error to answer where there is none. */
export function chooseOperation(
  { definitions }: DocumentNode,
  name: string | null | undefined,
): ChosenOperation | GraphQLError {
  const operations: OperationDefinitionNode[] = [];
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    if (definition.kind === Kind.OPERATION_DEFINITION && (name == null || definition.name?.value === name))
      operations.push(definition);
  }
  if (name == null && operations.length > 1)
    return new GraphQLError('Must provide operation name if query contains multiple operations.');
  const operation = operations.at(-1);
  if (operation !== undefined) return { operation, fragments };
  return new GraphQLError(name == null ? 'Must provide an operation.' : `Unknown operation named "${name}".`);
}
