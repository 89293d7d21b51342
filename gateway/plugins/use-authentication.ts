import { unauthenticated } from '../../errors/token-errors';
import type { Clerk } from '../../sources/clerk';
import type { GatewayConfig } from '../env';
import type { GatewayPlugin } from '../exchange';
import { authorizedParties } from '../origins';

/**
 * Authenticates the request once, before its body is read. A token that is sent and refused refuses the request;
 * what a request without a token gets is configured.
 */
export function useAuthentication(config: GatewayConfig, clerk: Clerk): GatewayPlugin {
  return {
    async onRequestParse({ request, serverContext: { exchange }, endResponse, fetchAPI }) {
      exchange.authentication = await clerk.authenticate(request.headers, {
        authorizedParties: authorizedParties(request.headers, config),
        address: exchange.address,
        signal: exchange.deadline.signal,
        observe: exchange.observe,
      });
      if (exchange.authentication.auth.kind !== 'anonymous') return;
      if (config.signedOut === 'unauthorized') throw unauthenticated();
      // Nothing in the answer tells that there is an endpoint.
      if (config.signedOut === 'not-found') endResponse(new fetchAPI.Response(null, { status: 404 }));
    },
  };
}
