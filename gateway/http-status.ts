import type { ExecutionResult, GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors/codes';

/** Status of a request that is refused as a whole, before anything is executed. */
const REFUSED: ReadonlyMap<unknown, number> = new Map<ErrorCode, number>([
  ['UNAUTHENTICATED', 401],
  ['TOKEN_EXPIRED', 401],
  ['TOKEN_INVALID', 401],
  ['FORBIDDEN', 403],
  ['NOT_FOUND', 404],
  ['BAD_REQUEST', 400],
  ['REQUEST_ENTITY_TOO_LARGE', 413],
  ['QUERY_TOO_COMPLEX', 400],
  ['RATE_LIMITED', 429],
  ['UPSTREAM_UNAVAILABLE', 503],
  ['UPSTREAM_TIMEOUT', 503],
  ['INTERNAL_SERVER_ERROR', 500],
]);

/** The status for a refusal; undefined where Yoga's own rules for the GraphQL protocol decide. */
export function refusalStatus(code: unknown): number | undefined {
  return REFUSED.get(code);
}

/** Codes that deny a field, and the status of a response in which every root field was denied for it. */
const DENIED: ReadonlyMap<unknown, number> = new Map<ErrorCode, number>([
  ['UNAUTHENTICATED', 401],
  ['SESSION_PENDING', 403],
  ['FORBIDDEN', 403],
  ['REVERIFICATION_REQUIRED', 403],
]);

/** Whether a code says that somebody may not ask for a field. */
export function isDenial(code: unknown): boolean {
  return DENIED.has(code);
}

interface Failure {
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The status of an executed operation: 401 when every root field was denied because nobody is signed in, 403 when every
 * root field was denied for that or another reason, 200 as soon as one was granted.
 */
export function executionStatus(
  data: Readonly<Record<string, unknown>> | null | undefined,
  errors: readonly Failure[],
): number {
  const denials = new Map<string | number, number>();
  for (const { path, extensions } of errors) {
    const [root, ...below] = path ?? [];
    const status = DENIED.get(extensions?.code);
    if (root !== undefined && below.length === 0 && status !== undefined) denials.set(root, status);
  }
  if (denials.size === 0 || Object.keys(data ?? {}).some((root) => !denials.has(root))) return 200;
  return Math.max(...denials.values());
}

/** What HTTP is told beside the answer. */
export interface HttpReport {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Decides the status of an answer, in one place; undefined where it is 200, or Yoga's own rules for the protocol decide. */
export function httpReportOf({ data, errors = [] }: ExecutionResult): HttpReport | undefined {
  if (errors.length === 0) return undefined;
  const status = data === undefined ? statusOfRefusal(errors[0]) : executionStatus(data, errors);
  return status === undefined ? undefined : { status, headers: responseHeaders(status, errors) };
}

/**
 * The protocol's own errors bring their status along. Those of requests that are none have it whatever media type the
 * client accepts; the status of a document that is none depends on that, which is up to Yoga.
 */
function statusOfRefusal(error: GraphQLError | undefined): number | undefined {
  const { code, http } = error?.extensions ?? {};
  if (http === undefined) return refusalStatus(code);
  return code === 'BAD_REQUEST' ? http.status : undefined;
}

function responseHeaders(status: number, errors: readonly GraphQLError[]): Record<string, string> {
  const codes = errors.map(({ extensions }) => extensions.code);
  const retryAfter = errors.map(({ extensions }) => extensions.retryAfter).find(Number.isFinite);
  return {
    // RFC 6750: a request that brought no token is asked for one, without an error.
    ...(status === 401
      ? {
          'www-authenticate': codes.includes('UNAUTHENTICATED') ? 'Bearer' : 'Bearer error="invalid_token"',
        }
      : {}),
    ...(status === 429 && retryAfter !== undefined ? { 'retry-after': String(retryAfter) } : {}),
  };
}
