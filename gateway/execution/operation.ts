import type { ExecutionResult } from 'graphql';

/** What one execution of an operation is given. */
export interface Execution {
  readonly contextValue: unknown;
  /** As they were sent. */
  readonly variables: Variables | null | undefined;
  /** Whether whoever asked is gone or out of time: from then on no resolver is called. */
  readonly signal?: Stop | undefined;
}

export type Variables = Readonly<Record<string, unknown>>;

/** The part of an `AbortSignal` that is looked at between resolvers. */
export interface Stop {
  readonly aborted: boolean;
  readonly reason: unknown;
}

/** An operation of a document, ready to be executed, any number of times and at the same time. */
export interface PlannedOperation {
  /**
   * The result, just as graphql-js would give it: at once where every resolver answers at once.
   *
   * Throws, or rejects, with the signal's reason once it is aborted. That it is aborted is seen when a resolver is about to be
   * called or the last one has answered: whoever cannot wait for a resolver that hangs stops waiting by itself.
   */
  execute(execution: Execution): ExecutionResult | Promise<ExecutionResult>;
}
