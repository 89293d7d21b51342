import { GraphQLError } from 'graphql';
import type { GatewayPlugin } from '../exchange';

/** Refuses an address in which variables or extensions are no JSON. Yoga would take it for a bug of ours. */
export function useJsonAddress(): GatewayPlugin {
  return {
    onRequestParse({ request: { method }, requestParser, setRequestParser }) {
      if (method !== 'GET' || requestParser === undefined) return;
      setRequestParser((request) => {
        try {
          return requestParser(request);
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          throw new GraphQLError('Send variables and extensions as JSON.', {
            extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
          });
        }
      });
    },
  };
}
