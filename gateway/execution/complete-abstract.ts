import { defaultTypeResolver, type GraphQLAbstractType, type GraphQLObjectType } from 'graphql';
import { isPromise } from './is-promise';
import type { FieldPlace, Place } from './place';
import type { Completer } from './plan';
import type { Run } from './run';
import { runtimeType } from './runtime-type';

/** Completes values of interfaces and unions, as objects of the type they turn out to have. */
export class AbstractCompleter implements Completer {
  readonly #type: GraphQLAbstractType;
  readonly #plan: (type: GraphQLObjectType) => Completer;
  readonly #completers = new Map<GraphQLObjectType, Completer>();

  constructor(type: GraphQLAbstractType, plan: (type: GraphQLObjectType) => Completer) {
    this.#type = type;
    this.#plan = plan;
  }

  complete(run: Run, field: FieldPlace, place: Place, value: unknown): unknown {
    const resolveType = this.#type.resolveType ?? defaultTypeResolver;
    const name: unknown = resolveType(value, run.context, field, this.#type);
    return isPromise(name)
      ? this.#completeLater(run, field, place, value, name)
      : this.#completeAs(name, run, field, place, value);
  }

  #completeLater(
    run: Run,
    field: FieldPlace,
    place: Place,
    value: unknown,
    name: PromiseLike<unknown>,
  ): unknown {
    return name.then((known) => this.#completeAs(known, run, field, place, value));
  }

  #completeAs(name: unknown, run: Run, field: FieldPlace, place: Place, value: unknown): unknown {
    const type = runtimeType(this.#type, name, field, value);
    let completer = this.#completers.get(type);
    if (completer === undefined) {
      completer = this.#plan(type);
      this.#completers.set(type, completer);
    }
    return completer.complete(run, field, place, value);
  }
}
