import { createBudget } from '../budget';

/** Clerk takes so many changes of one user: https://clerk.com/docs/backend-requests/resources/rate-limits */
const PER_USER = { points: 10, duration: 10 };

/** Keeps changes of one user within Clerk's limit, so that the surplus costs no call. */
export interface ProfileBudget {
  /** @throws {GatehouseError} `RATE_LIMITED`, with `source: "gateway"`. */
  spend(userId: string): Promise<void>;
}

export function createProfileBudget(): ProfileBudget {
  const ofUser = createBudget(PER_USER);
  return { spend: (userId) => ofUser.spend(userId) };
}
