import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { isPromise } from './is-promise';
import type { PlannedOperation, Stop } from './operation';

/**
 * An operation executed by graphql-js itself, which plans nothing: what `planOperation` is measured by, and an installation may do
 * without it. A signal keeps it from being started, and makes its result rejected; resolvers in between are called nevertheless,
 * since graphql-js 16 does not look at signals.
 */
export function referenceOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): PlannedOperation {
  return {
    execute({ contextValue, variables, signal }) {
      if (signal?.aborted) throw signal.reason;
      const result = execute({
        schema,
        document,
        operationName: operationName ?? null,
        contextValue,
        variableValues: variables ?? null,
      });
      return isPromise(result)
        ? result.then((known) => unlessAborted(known, signal))
        : unlessAborted(result, signal);
    },
  };
}

function unlessAborted(result: ExecutionResult, signal: Stop | undefined): ExecutionResult {
  if (signal?.aborted) throw signal.reason;
  return result;
}
