import { GraphQLError, type GraphQLObjectType } from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import { isPromise } from './is-promise';
import type { Variables } from './operation';
import type { FieldPlace, Place } from './place';
import type { Completer } from './plan';
import type { Run } from './run';
import type { Selection } from './selection';

/** Completes objects of one type, with what is selected of them. */
export class ObjectCompleter implements Completer {
  readonly #type: GraphQLObjectType;
  readonly #plan: (variables: Variables) => Selection;
  /** Planned when there is an object: of many types in a document there never is. */
  #selection: Selection | undefined;

  constructor(type: GraphQLObjectType, plan: (variables: Variables) => Selection) {
    this.#type = type;
    this.#plan = plan;
  }

  complete(run: Run, field: FieldPlace, place: Place, value: unknown): unknown {
    this.#selection ??= this.#plan(run.variables);
    if (this.#type.isTypeOf) {
      const isOne = this.#type.isTypeOf(value, run.context, field);
      if (isPromise(isOne)) return this.#completeLater(this.#selection, run, field, place, value, isOne);
      if (!isOne) throw this.#isNone(field, value);
    }
    return this.#selection.execute(run, value, place);
  }

  #completeLater(
    selection: Selection,
    run: Run,
    field: FieldPlace,
    place: Place,
    value: unknown,
    isOne: PromiseLike<boolean>,
  ): PromiseLike<unknown> {
    return isOne.then((is) => {
      if (!is) throw this.#isNone(field, value);
      return selection.execute(run, value, place);
    });
  }

  #isNone({ fieldNodes }: FieldPlace, value: unknown): GraphQLError {
    return new GraphQLError(`Expected value of type "${this.#type.name}" but got: ${inspect(value)}.`, {
      nodes: fieldNodes,
    });
  }
}
