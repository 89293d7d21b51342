import { createHash } from 'node:crypto';
import { getOperationAST } from 'graphql';
import { type GatewayPlugin, operationOf } from '../exchange';

/** Notes which operation a request asks for, for the log: never its variables, which may be anything. */
export function useOperationLog(): GatewayPlugin {
  return {
    onExecute({ args: { document, operationName, contextValue } }) {
      const { exchange, params } = operationOf(contextValue);
      const name = operationName ?? getOperationAST(document)?.name?.value ?? null;
      exchange.operation = { name, hash: sha256(params.query ?? '') };
    },
  };
}

/** As clients of persisted documents compute it: of the text, in hexadecimal digits. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
