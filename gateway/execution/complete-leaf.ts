import type { GraphQLLeafType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { FieldPlace, Place } from './place';
import type { Completer } from './plan';
import type { Run } from './run';

/** Completes scalars and values of enums. */
export class LeafCompleter implements Completer {
  constructor(readonly type: GraphQLLeafType) {}

  complete(_run: Run, _field: FieldPlace, _place: Place, value: unknown): unknown {
    const serialized: unknown = this.type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    throw new Error(
      `Expected \`${this.type.name}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${serialized}`,
    );
  }
}
