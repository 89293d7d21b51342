import { GatehouseError } from '../../errors/gatehouse-error';
import { tokenExpired } from '../../errors/token-errors';
import { rateLimited, upstreamUnavailable } from '../../errors/upstream-errors';
import { abortError } from '../deadline';
import { retryAfterSeconds } from '../retry-after';

/** Under which callers know the project. */
export const SOURCE = 'supabase';

/** What the log learns of a failed answer. Its message may quote data, so it never reaches a caller. */
class SupabaseError extends Error {
  override readonly name = 'SupabaseError';
}

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
  const cause = new SupabaseError(`status ${status}, code ${error?.code || 'none'}: ${error?.message ?? ''}`);
  if (status === 0) return signal.aborted ? abortError(SOURCE, signal) : upstreamUnavailable(SOURCE, cause);
  if (status === 429) return rateLimited(SOURCE, retryAfterSeconds(retryAfter), cause);
  // PostgREST's code for a token whose time ran out on the way: a new one will do.
  if (status === 401 && error?.code === 'PGRST303') return tokenExpired('token-expired-at-source');
  // PostgreSQL's code for "insufficient privilege".
  if (status === 403 && error?.code === '42501')
    return new GatehouseError('FORBIDDEN', 'You may not read this.', {}, { cause });
  return upstreamUnavailable(SOURCE, cause);
}
