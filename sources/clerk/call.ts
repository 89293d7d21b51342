import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { GatehouseError } from '../../errors/gatehouse-error';
import { rateLimited, upstreamUnavailable } from '../../errors/upstream-errors';
import { withinDeadline } from '../deadline';

const SOURCE = 'clerk';

/**
 * Calls Clerk's Backend API within the deadline and turns every failure into a coded one.
 *
 * @throws {GatehouseError} `RATE_LIMITED` (429), `NOT_FOUND` (404), `UPSTREAM_TIMEOUT`, and `UPSTREAM_UNAVAILABLE` for
 * everything else, answers of the wrong shape among it: `call` may throw on them.
 */
export async function callClerk<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  try {
    return await withinDeadline(SOURCE, signal, call);
  } catch (error) {
    throw error instanceof GatehouseError ? error : toCodedError(error);
  }
}

function toCodedError(error: unknown): GatehouseError {
  if (!isClerkAPIResponseError(error)) return upstreamUnavailable(SOURCE, error);
  // A network failure arrives as a response error too, without a status.
  if (error.status === 429) return rateLimited(SOURCE, error.retryAfter, error);
  if (error.status === 404) return new GatehouseError('NOT_FOUND', 'No such object.', {}, { cause: error });
  return upstreamUnavailable(SOURCE, error);
}
