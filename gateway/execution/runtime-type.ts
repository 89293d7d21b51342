import { type GraphQLAbstractType, GraphQLError, type GraphQLObjectType, isObjectType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { FieldPlace } from './place';

/**
 * The object type that an interface or a union was resolved to.
 * @throws {GraphQLError} in graphql-js's words, where it was resolved to something else.
 */
export function runtimeType(
  abstract: GraphQLAbstractType,
  resolved: unknown,
  { schema, parentType, fieldName, fieldNodes: nodes }: FieldPlace,
  value: unknown,
): GraphQLObjectType {
  const coordinate = `${parentType.name}.${fieldName}`;
  if (resolved === null || resolved === undefined)
    throw new GraphQLError(
      `Abstract type "${abstract.name}" must resolve to an Object type at runtime for field "${coordinate}". Either the "${abstract.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    );
  if (isObjectType(resolved))
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    );
  if (typeof resolved !== 'string')
    throw new GraphQLError(
      `Abstract type "${abstract.name}" must resolve to an Object type at runtime for field "${coordinate}" with value ${inspect(value)}, received "${inspect(resolved)}".`,
    );
  const type = schema.getType(resolved);
  if (type === undefined)
    throw new GraphQLError(
      `Abstract type "${abstract.name}" was resolved to a type "${resolved}" that does not exist inside the schema.`,
      { nodes },
    );
  if (!isObjectType(type))
    throw new GraphQLError(
      `Abstract type "${abstract.name}" was resolved to a non-object type "${resolved}".`,
      { nodes },
    );
  if (!schema.isSubType(abstract, type))
    throw new GraphQLError(
      `Runtime Object type "${type.name}" is not a possible type for "${abstract.name}".`,
      { nodes },
    );
  return type;
}
