import { type Deadline, withinDeadline } from '../deadline';
import { type Observe, observed } from '../observe';
import { CLERK } from './coded-error';

/** A request that waits for Clerk. */
export interface Waiting {
  readonly deadline: Deadline;
  readonly observe: Observe;
}

/**
 * Waits for a call that others may wait for too: it goes on when this request no longer does.
 * @param name of the call, for the observer.
 * @throws {GatehouseError} as {@link withinDeadline}, and what the call rejects with.
 */
export function waitFor<T>({ deadline, observe }: Waiting, name: string, call: () => Promise<T>): Promise<T> {
  return observed(observe, CLERK, name, () => withinDeadline(CLERK, deadline.signal, call));
}
