import type { GraphQLError, GraphQLResolveInfo } from 'graphql';

/** From a value up to the root of the answer. */
export type Path = GraphQLResolveInfo['path'];

/** The failures of one execution, in the order in which they happened. */
export class Failures {
  readonly errors: GraphQLError[] = [];
  readonly #nulled = new Set<Path | undefined>();

  /**
   * Notes what failed at a path, which becomes null. What fails beneath a place that is null already nobody sees in the
   * answer: siblings of what failed go on, and their failures come late.
   */
  add(error: GraphQLError, path: Path | undefined): void {
    if (this.#isNulled(path)) return;
    this.#nulled.add(path);
    this.errors.push(error);
  }

  #isNulled(path: Path | undefined): boolean {
    for (let place = path; place !== undefined; place = place.prev) if (this.#nulled.has(place)) return true;
    return this.#nulled.has(undefined);
  }
}
