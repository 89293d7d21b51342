import { GraphQLError } from 'graphql';
import type { GatewayPlugin } from '../exchange';

const JSON_TYPES = /^application\/(graphql\+)?json *(;|$)/i;

/**
 * Takes bodies in JSON only. Browsers send forms and plain text for any page, without asking the server first; JSON
 * they send for another origin only after it allowed that.
 */
export function useJsonOnly(): GatewayPlugin {
  return {
    onRequestParse({ request }) {
      if (request.method !== 'POST' || JSON_TYPES.test(request.headers.get('content-type') ?? '')) return;
      throw new GraphQLError('Send the operation as JSON, with Content-Type: application/json.', {
        extensions: { code: 'BAD_REQUEST', http: { status: 415 } },
      });
    },
  };
}
