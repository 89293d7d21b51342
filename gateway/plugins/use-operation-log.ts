import { getOperationAST } from 'graphql';
import { hashOf } from '../documents';
import type { GatewayPlugin } from '../exchange';

/** Notes which operation a request asks for, for the log: never its variables, which may be anything. */
export function useOperationLog(): GatewayPlugin {
  return {
    onExecute({ args: { document, operationName, contextValue } }) {
      const { exchange, params } = contextValue;
      const name = operationName ?? getOperationAST(document)?.name?.value ?? null;
      exchange.operation = { name, hash: hashOf(params.query ?? '') };
    },
  };
}
