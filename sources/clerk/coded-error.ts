import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { GatehouseError } from '../../errors/gatehouse-error';
import { rateLimited, upstreamUnavailable } from '../../errors/upstream-errors';

/** Name of this source in errors. */
export const CLERK = 'clerk';

/**
 * What a failed call of Clerk's SDK means: `RATE_LIMITED` (429), `NOT_FOUND` (404), and `UPSTREAM_UNAVAILABLE` for everything
 * else, answers of the wrong shape among it.
 */
export function toCodedError(error: unknown): GatehouseError {
  if (error instanceof GatehouseError) return error;
  if (!(error instanceof Error && isClerkAPIResponseError(error))) return upstreamUnavailable(CLERK, error);
  // A network failure arrives as a response error too, without a status.
  if (error.status === 429) return rateLimited(CLERK, error.retryAfter, error);
  if (error.status === 404) return noSuchObject(error);
  return upstreamUnavailable(CLERK, error);
}

/** Clerk has nothing of that id. */
export function noSuchObject(cause?: unknown): GatehouseError {
  return new GatehouseError('NOT_FOUND', 'No such object.', {}, { cause });
}

/** The status of Clerk's answer behind an error; `undefined` where none came. */
export function clerkStatus({ cause }: GatehouseError): number | undefined {
  return cause instanceof Error && isClerkAPIResponseError(cause) ? cause.status : undefined;
}
