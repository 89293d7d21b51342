import { GatehouseError } from './gatehouse-error';

/** The name under which a caller knows an upstream: `clerk`, `supabase`, `http`, `graphql`. */
export type SourceName = string;

/** The source failed, could not be reached or answered with something that is not its answer. */
export function upstreamUnavailable(source: SourceName, cause?: unknown): GatehouseError {
  return new GatehouseError(
    'UPSTREAM_UNAVAILABLE',
    'A service behind this API is not available. Try again later.',
    { source },
    { cause },
  );
}

/** The source did not answer within the request's deadline. */
export function upstreamTimeout(source: SourceName, cause?: unknown): GatehouseError {
  return new GatehouseError(
    'UPSTREAM_TIMEOUT',
    'A service behind this API took too long. Try again later.',
    { source },
    { cause },
  );
}

/**
 * The source asks for patience.
 * @param retryAfter seconds to wait; `undefined` where the source does not say.
 */
export function rateLimited(
  source: SourceName,
  retryAfter: number | undefined,
  cause?: unknown,
): GatehouseError {
  return new GatehouseError(
    'RATE_LIMITED',
    'Too many requests. Wait before you try again.',
    retryAfter === undefined ? { source } : { source, retryAfter },
    { cause },
  );
}

/** The source knows the caller, and does not let them read this. */
export function refusedBySource(source: SourceName, cause?: unknown): GatehouseError {
  return new GatehouseError('FORBIDDEN', 'You may not read this.', { source }, { cause });
}
