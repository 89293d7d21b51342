import { GatehouseError } from './gatehouse-error';

/**
 * The user must confirm a factor again. `clerk_error` is the hint that Clerk's `useReverification` looks for.
 * @param afterMinutes how old the confirmation may be, in minutes.
 */
export function reverificationRequired({
  level,
  afterMinutes,
}: {
  readonly level: string;
  readonly afterMinutes: number;
}): GatehouseError {
  return new GatehouseError('REVERIFICATION_REQUIRED', 'Confirm that it is you, and try again.', {
    level,
    afterMinutes,
    clerk_error: {
      type: 'forbidden',
      reason: 'reverification-error',
      metadata: { reverification: { level, afterMinutes } },
    },
  });
}
