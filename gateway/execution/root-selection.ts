import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { ChosenOperation } from './chosen-operation';
import { conditionsIn, conditionVariables } from './conditions';
import type { Variables } from './operation';
import type { PlainFieldOf } from './plain-field';
import { Planner } from './planner';
import type { Selection } from './selection';

/** As many combinations of conditions are remembered: n variables make 2^n, and whoever sends them chooses n. */
const MAX_REMEMBERED = 16;

/**
 * The root of an operation, planned once for each combination of conditions that variables decide.
 * @throws {GraphQLError} where the schema has no such operations, or a condition has no value.
 */
export function rootSelection(
  schema: GraphQLSchema,
  { operation, fragments }: ChosenOperation,
  document: DocumentNode,
  plainFieldOf: PlainFieldOf,
): (variables: Variables) => Selection {
  const planner = new Planner(schema, fragments, plainFieldOf);
  const deciding = conditionVariables(document);
  const remembered = new Map<string, Selection>();
  return (variables) => {
    const conditions = conditionsIn(variables, deciding);
    const known = remembered.get(conditions);
    if (known !== undefined) return known;
    const type = schema.getRootType(operation.operation);
    if (!type)
      throw new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`, {
        nodes: operation,
      });
    const selection = planner.selection(type, [operation.selectionSet], variables);
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size === MAX_REMEMBERED) remembered.delete(oldest);
    remembered.set(conditions, selection);
    return selection;
  };
}
