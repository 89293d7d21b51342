import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';

export interface Execution {
  readonly contextValue: unknown;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly signal?: { readonly aborted: boolean; readonly reason: unknown } | undefined;
}
export interface PlannedOperation {
  execute(execution: Execution): ExecutionResult | Promise<ExecutionResult>;
}
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): PlannedOperation {
  return {
    execute: ({ contextValue, variables }) =>
      execute({
        schema,
        document,
        contextValue,
        variableValues: variables ?? null,
        operationName: operationName ?? null,
      }),
  };
}
