import type { GraphQLResolveInfo } from 'graphql';
import type { Path } from './failures';
import type { FieldPlan } from './plan';
import type { Run } from './run';

/** Where a value stands in the answer. Its path is made when somebody asks for it: mostly nobody does. */
export interface Place {
  readonly path: Path;
}

/** An item of a list. */
export class ItemPlace implements Place {
  readonly #list: Place;
  readonly #index: number;
  #path: Path | undefined;

  constructor(list: Place, index: number) {
    this.#list = list;
    this.#index = index;
  }

  get path(): Path {
    this.#path ??= { prev: this.#list.path, key: this.#index, typename: undefined };
    return this.#path;
  }
}

/**
 * A field of an object, with all that its resolver may ask about it. One is made for each call of a resolver, so that
 * what is the same for all of them is looked up and not copied.
 */
export class FieldPlace implements Place, GraphQLResolveInfo {
  readonly #plan: FieldPlan;
  readonly #run: Run;
  readonly #parent: Place | undefined;
  #path: Path | undefined;

  constructor(plan: FieldPlan, run: Run, parent: Place | undefined) {
    this.#plan = plan;
    this.#run = run;
    this.#parent = parent;
  }

  get path(): Path {
    const { responseName, parentType } = this.#plan;
    this.#path ??= { prev: this.#parent?.path, key: responseName, typename: parentType.name };
    return this.#path;
  }

  get fieldName() {
    return this.#plan.definition.name;
  }
  get fieldNodes() {
    return this.#plan.nodes;
  }
  get returnType() {
    return this.#plan.definition.type;
  }
  get parentType() {
    return this.#plan.parentType;
  }
  get schema() {
    return this.#run.schema;
  }
  get fragments() {
    return this.#run.chosen.fragments;
  }
  get operation() {
    return this.#run.chosen.operation;
  }
  get variableValues() {
    return this.#run.variables;
  }
  get rootValue() {
    return undefined;
  }
}
