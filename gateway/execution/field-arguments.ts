import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  getNullableType,
  isEnumType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
} from 'graphql';
import type { FieldPlan } from './plan';

/** Makes the arguments of a field, anew for each call, from as little as that takes. */
export function fieldArguments(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): FieldPlan['argumentsFor'] {
  if (definition.args.length === 0) return () => ({});
  const constant = constantArguments(definition, node);
  if (constant !== undefined) return () => ({ ...constant });
  return (variables) => getArgumentValues(definition, node, variables);
}

/** The arguments, where they depend on nothing and a resolver can change nothing in them that another one sees. */
function constantArguments(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): Record<string, unknown> | undefined {
  const given = new Map(node.arguments?.map((argument) => [argument.name.value, argument]));
  if (!definition.args.every((argument) => isConstant(argument, given.get(argument.name)))) return undefined;
  try {
    return getArgumentValues(definition, node);
  } catch {
    // The document is not valid: each call fails, and says so.
    return undefined;
  }
}

/**
 * Defaults of the schema are the same value for every call anyway. Literals of lists and input objects are new each time, and
 * those of custom scalars what their code makes of them.
 */
function isConstant({ type }: GraphQLArgument, given: ArgumentNode | undefined): boolean {
  if (given === undefined || given.value.kind === Kind.NULL) return true;
  const plain = getNullableType(type);
  if (given.value.kind === Kind.VARIABLE) return false;
  return isEnumType(plain) || (isScalarType(plain) && isSpecifiedScalarType(plain));
}
