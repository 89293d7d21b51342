import type { GraphQLSchema } from 'graphql';
import type { ChosenOperation } from './chosen-operation';
import { Failures } from './failures';
import type { Stop } from './operation';

let runs = 0;

/** One execution of an operation: what its fields have in common. */
export class Run {
  /** Tells runs apart for those who must not keep one. */
  readonly id = ++runs;
  readonly failures = new Failures();

  constructor(
    readonly schema: GraphQLSchema,
    readonly chosen: ChosenOperation,
    readonly context: unknown,
    /** Coerced. */
    readonly variables: Record<string, unknown>,
    readonly stop: Stop | undefined,
  ) {}

  /** Whether the answer is of no use any more. */
  get stopped(): boolean {
    return this.stop?.aborted === true;
  }
}
