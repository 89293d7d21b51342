import type { GatewayPlugin } from '../exchange';
import type { RateLimits } from '../rate-limits';

/** Spends the cost of each operation before it is executed. */
export function useRateLimits(limits: RateLimits): GatewayPlugin {
  return {
    async onExecute({ args: { contextValue } }) {
      const { exchange, params } = contextValue;
      const { authentication, address, costs } = exchange;
      if (authentication === undefined) return;
      const state = await limits.spend(authentication.auth, address, costs.get(params) ?? 1);
      if (state !== undefined) exchange.rateLimit = state;
    },
  };
}
