import type { FieldNode, GraphQLField, GraphQLFieldResolver, GraphQLObjectType } from 'graphql';
import type { Variables } from './operation';
import type { FieldPlace, Place } from './place';
import type { PlainRead } from './plain-field';
import type { Run } from './run';

/** A field that is selected of the objects of a type: all that does not depend on the object. */
export interface FieldPlan {
  /** The alias, or the name. */
  readonly responseName: string;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly parentType: GraphQLObjectType;
  /** More than one where fragments select the same field. */
  readonly nodes: FieldNode[];
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  /** The arguments for one call: nobody else has them. Throws where a variable makes them no arguments of the field. */
  readonly argumentsFor: (variables: Variables) => Record<string, unknown>;
  readonly value: ValuePlan;
  /** Where the resolver need not be called for every object. */
  readonly plainRead: PlainRead | undefined;
}

/** How a value of a type, possibly non-null, becomes a part of the answer. */
export interface ValuePlan {
  readonly nonNull: boolean;
  readonly completer: Completer;
}

/** Makes a part of the answer from what a resolver gave, which is neither null nor an error. */
export interface Completer {
  complete(run: Run, field: FieldPlace, place: Place, value: unknown): unknown;
}
