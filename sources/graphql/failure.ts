import { z } from 'zod';
import type { GatehouseError } from '../../errors/gatehouse-error';
import { tokenExpired } from '../../errors/token-errors';
import {
  rateLimited,
  refusedBySource,
  type SourceName,
  upstreamUnavailable,
} from '../../errors/upstream-errors';
import type { JsonAnswer } from '../bearer-json';
import { SourceError } from '../source-error';

const ERROR = z.looseObject({
  message: z.string().catch(''),
  extensions: z
    .looseObject({ code: z.string().catch('none') })
    .optional()
    .catch(undefined),
});
const FAILED = z.looseObject({ errors: z.array(ERROR).min(1) });

type UpstreamError = z.infer<typeof ERROR>;

/**
 * The coded error for an answer that tells of errors, whatever its status: Hasura answers them under 200.
 * @returns `undefined` where it tells of none.
 */
export function failureOf(source: SourceName, { body, retryAfter }: JsonAnswer): GatehouseError | undefined {
  const [first] = FAILED.safeParse(body).data?.errors ?? [];
  if (first === undefined) return undefined;
  const cause = new SourceError(`code ${codeOf(first)}: ${first.message}`);
  switch (codeOf(first)) {
    case 'invalid-jwt':
      return isExpired(first) ? tokenExpired('token-expired-at-source') : upstreamUnavailable(source, cause);
    case 'access-denied':
    case 'permission-denied':
      return refusedBySource(source, cause);
    case 'rate-limit-exceeded':
      return rateLimited(source, retryAfter, cause);
    default:
      // `validation-failed` too: a table that the role may not see and one that is not there read the same, and
      // either is for the operator to mend.
      return upstreamUnavailable(source, cause);
  }
}

/** Whether an answer says that the token's time is over. */
export function isExpiry(body: unknown): boolean {
  const [first] = FAILED.safeParse(body).data?.errors ?? [];
  return first !== undefined && codeOf(first) === 'invalid-jwt' && isExpired(first);
}

/** Hasura has one code for every bad token, and tells the reason in words. */
function isExpired({ message }: UpstreamError): boolean {
  return message.includes('JWTExpired');
}

function codeOf({ extensions }: UpstreamError): string {
  return extensions?.code ?? 'none';
}
