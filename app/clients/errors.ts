import { GATEHOUSE_CODES } from './error-codes';

/** A code of the gateway, or `NETWORK_ERROR` when no GraphQL answer arrived. */
export type GatehouseCode = (typeof GATEHOUSE_CODES)[number] | 'NETWORK_ERROR';

/** One broken rule of `BAD_USER_INPUT`: `path` leads from the field's arguments to the value. */
export interface GatehouseIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A failure as a page can use it. Its message may be shown. */
export interface GatehouseClientError {
  readonly code: GatehouseCode;
  readonly message: string;
  /** Where in the answer data is missing; empty when there is none at all. */
  readonly path: readonly (string | number)[];
  /** Every broken rule, with `BAD_USER_INPUT`. */
  readonly issues?: readonly GatehouseIssue[];
  /** Who failed, with `RATE_LIMITED` and `UPSTREAM_…`: `clerk`, `supabase`. */
  readonly source?: string;
  /** Seconds to wait, with `RATE_LIMITED`, where it is known. */
  readonly retryAfter?: number;
  /** All that came with the code. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * Reads the failures out of the `error` of a urql result (`CombinedError`) or of a result of Apollo Client
 * (`CombinedGraphQLErrors`, `ServerError`, `ServerParseError`). No error gives an empty list; an error without a
 * GraphQL answer gives one `NETWORK_ERROR`; a code that is not known here reads `INTERNAL_SERVER_ERROR`.
 */
export function gatehouseErrors(error: unknown): GatehouseClientError[] {
  if (error === undefined || error === null) return [];
  const entries = graphQLErrorsOf(error).filter(isRecord);
  if (entries.length > 0) return entries.map(readEntry);
  return [
    { code: 'NETWORK_ERROR', message: 'The service cannot be reached. Try again.', path: [], extensions: {} },
  ];
}

/** Messages of `BAD_USER_INPUT` by the last segment of their path, the name of the input's field. The first one counts. */
export function fieldIssues(errors: readonly GatehouseClientError[]): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const { path, message } of errors.flatMap(({ issues = [] }) => issues)) {
    const field = path.at(-1);
    if (field !== undefined) messages[field] ??= message;
  }
  return messages;
}

function graphQLErrorsOf(error: unknown): readonly unknown[] {
  if (!isRecord(error)) return [];
  // urql, Apollo, and Apollo where something on the way changed the type of the answer.
  for (const list of [error.graphQLErrors, error.errors]) if (Array.isArray(list)) return list;
  if (typeof error.bodyText !== 'string') return [];
  try {
    return graphQLErrorsOf(JSON.parse(error.bodyText));
  } catch {
    return [];
  }
}

function readEntry({ message, path, extensions }: Record<string, unknown>): GatehouseClientError {
  const details = isRecord(extensions) ? extensions : {};
  const { code, issues, source, retryAfter } = details;
  return {
    code: GATEHOUSE_CODES.find((known) => known === code) ?? 'INTERNAL_SERVER_ERROR',
    message: String(message),
    path: isPath(path) ? path : [],
    ...(Array.isArray(issues) ? { issues: issues.filter(isIssue) } : {}),
    ...(typeof source === 'string' ? { source } : {}),
    ...(typeof retryAfter === 'number' ? { retryAfter } : {}),
    extensions: details,
  };
}

function isIssue(value: unknown): value is GatehouseIssue {
  return isRecord(value) && typeof value.message === 'string' && isPath(value.path);
}

function isPath(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((step) => typeof step === 'string' || typeof step === 'number');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
