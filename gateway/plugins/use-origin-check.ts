import { GatehouseError } from '../../errors/gatehouse-error';
import type { GatewayConfig } from '../env';
import type { GatewayPlugin } from '../exchange';
import { isAllowedOrigin } from '../origins';

/** What a browser says of a request it sends for the page itself, or for the person at the address bar. */
const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Refuses browsers that call for a page elsewhere, so that no other site can act for a visitor who is signed in
 * here. Callers that are no browsers send neither header.
 */
export function useOriginCheck(config: GatewayConfig): GatewayPlugin {
  return {
    onRequestParse({ request: { headers } }) {
      const origin = headers.get('origin');
      // Not every cross-site request names its origin: an image or a link does not.
      const site = headers.get('sec-fetch-site');
      const allowed =
        origin === null
          ? site === null || OWN_SITES.has(site) || headers.has('authorization')
          : isAllowedOrigin(origin, headers, config);
      if (!allowed)
        throw new GatehouseError('FORBIDDEN', 'This origin may not call this API.', { requires: 'origin' });
    },
  };
}
