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
