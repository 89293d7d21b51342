import {
  defaultFieldResolver,
  GraphQLBoolean,
  type GraphQLField,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
} from 'graphql';
import type { Run } from './run';

/** What a field is that gives what a property of its object holds, to those who may read it. */
export interface PlainField {
  readonly property: string;
  /** Whether the resolver would do nothing but read the property, of this object and of all others that a run still comes to. */
  mayRead(context: unknown): boolean;
}

/** Tells plain fields by their resolvers. */
export type PlainFieldOf = (
  resolve: NonNullable<GraphQLField<unknown, unknown>['resolve']>,
) => PlainField | undefined;

/** Reads a field without calling its resolver. `undefined`: it has to be called. */
export type PlainRead = (run: Run, source: unknown) => string | number | boolean | undefined;

/** What each scalar of graphql gives as it is. All else it has to make something of, or to refuse. */
const AS_IT_IS = new Map<GraphQLOutputType, (value: unknown) => boolean>([
  [GraphQLID, (value) => typeof value === 'string'],
  [GraphQLString, (value) => typeof value === 'string'],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
  [GraphQLInt, (value) => typeof value === 'number' && (value | 0) === value],
  [GraphQLFloat, (value) => Number.isFinite(value)],
]);

/**
 * In lists of many small objects a call for each field, with all that resolvers are told, takes most of the time. Undefined where the
 * field is no plain one of a scalar of graphql.
 */
export function plainRead(
  { name, type, args, resolve }: GraphQLField<unknown, unknown>,
  plainFieldOf: PlainFieldOf,
): PlainRead | undefined {
  const isAsItIs = AS_IT_IS.get(getNullableType(type));
  const plain =
    resolve === undefined || resolve === defaultFieldResolver
      ? { property: name, mayRead: () => true }
      : plainFieldOf(resolve);
  if (isAsItIs === undefined || plain === undefined || args.length > 0) return undefined;
  const { property } = plain;
  // Who may read it once may read it in all of the run.
  let readable = 0;
  return (run, source) => {
    if (!isRecord(source)) return undefined;
    if (readable !== run.id) {
      if (!plain.mayRead(run.context)) return undefined;
      readable = run.id;
    }
    try {
      const value = source[property];
      return isAsItIs(value) ? (value as string | number | boolean) : undefined;
    } catch {
      // A getter: its failure is one of the resolver, which reads it again.
      return undefined;
    }
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
