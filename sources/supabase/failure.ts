import { tokenExpired } from '../../errors/token-errors';
import { rateLimited, refusedBySource, upstreamUnavailable } from '../../errors/upstream-errors';
import { abortError } from '../deadline';
import { retryAfterSeconds } from '../retry-after';
import { SourceError } from '../source-error';

/** Under which callers know the project. */
export const SOURCE = 'supabase';

interface FailedAnswer {
  /** 0: no answer came, or it was cut off. */
  readonly status: number;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/**
 * The coded error for an answer that is no success.
 * @param retryAfter the answer's `Retry-After` header: seconds, or a date.
 * @param signal the request's, which tells a deadline from a broken connection.
 */
export function failureOf(
  { status, error }: FailedAnswer,
  retryAfter: string | null,
  signal: AbortSignal,
): Error {
  const cause = new SourceError(`status ${status}, code ${error?.code || 'none'}: ${error?.message ?? ''}`);
  if (status === 0) return signal.aborted ? abortError(SOURCE, signal) : upstreamUnavailable(SOURCE, cause);
  if (status === 429) return rateLimited(SOURCE, retryAfterSeconds(retryAfter), cause);
  // PostgREST's code for a token whose time ran out on the way: a new one will do.
  if (status === 401 && error?.code === 'PGRST303') return tokenExpired('token-expired-at-source');
  // PostgreSQL's code for "insufficient privilege".
  if (status === 403 && error?.code === '42501') return refusedBySource(SOURCE, cause);
  return upstreamUnavailable(SOURCE, cause);
}
