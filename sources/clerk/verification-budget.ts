import { createBudget } from '../budget';

/** Refused tokens that one address may have looked up. */
const PER_ADDRESS = { points: 20, duration: 10 };

/** Refused tokens that are looked up for all callers together: half of what Clerk allows in development. */
const OF_ALL = { points: 50, duration: 10 };

/**
 * Bounds what made-up tokens cost: each look-up of an unknown token is paid in advance, and paid back where the token
 * turns out to be good.
 */
export interface VerificationBudget {
  /**
   * @param address of the caller; null where it is not known: then only the budget of all holds.
   * @returns gives the price back.
   * @throws {GatehouseError} `RATE_LIMITED`, with `source: "gateway"`.
   */
  spend(address: string | null): Promise<() => Promise<void>>;
}

export function createVerificationBudget(): VerificationBudget {
  const ofAddress = createBudget(PER_ADDRESS);
  const ofAll = createBudget(OF_ALL);
  return {
    async spend(address) {
      // The address first: who is over their own limit must not use up that of the others.
      if (address !== null) await ofAddress.spend(address);
      await ofAll.spend('all');
      return async () => {
        await ofAll.giveBack('all');
        if (address !== null) await ofAddress.giveBack(address);
      };
    },
  };
}
