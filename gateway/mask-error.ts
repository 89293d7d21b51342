import { GraphQLError } from 'graphql';
import { type ErrorCode, isErrorCode } from '../errors/codes';
import { GatehouseError } from '../errors/gatehouse-error';
import { variableIssue } from './variable-issue';

const INTERNAL_MESSAGE = 'Something went wrong on our side.';

/**
 * Turns whatever failed into an entry of `errors[]` with a known code. Messages of errors that are not ours never
 * reach a caller; they stay on `originalError`, for the log.
 */
export function maskError(error: unknown): GraphQLError {
  const cause = rootCause(error);
  if (cause instanceof GatehouseError) return coded(cause.code, cause.message, error, cause, cause.details);
  // The outermost of GraphQL's own errors says the most.
  if (cause instanceof GraphQLError && error instanceof GraphQLError) return maskGraphQLError(error);
  return coded('INTERNAL_SERVER_ERROR', INTERNAL_MESSAGE, error, toError(cause));
}

/** Errors of GraphQL itself and of Yoga: syntax, validation, variables, protocol. Their messages are about the request. */
function maskGraphQLError(error: GraphQLError): GraphQLError {
  const { code, http } = error.extensions;
  const message = withoutSuggestion(error.message);
  const issue = error.path === undefined ? variableIssue(message) : undefined;
  if (issue !== undefined)
    return coded('BAD_USER_INPUT', message, error, undefined, { issues: [issue], http });
  if (isErrorCode(code)) return error;
  // During execution GraphQL's own errors tell of results that do not fit the schema, and quote them.
  if (error.path !== undefined) return coded('INTERNAL_SERVER_ERROR', INTERNAL_MESSAGE, error, error);
  return coded('BAD_REQUEST', error.message, error, undefined, { http });
}

/** Names of the schema are told where it may be introspected, and a refused variable is refused everywhere. */
function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean .+\?$/, '');
}

function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError != null) cause = cause.originalError;
  return cause;
}

function coded(
  code: ErrorCode,
  message: string,
  error: unknown,
  originalError: Error | undefined,
  details: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  const { nodes, source, positions, path } = error instanceof GraphQLError ? error : NOWHERE;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: path ?? null,
    originalError: originalError ?? null,
    extensions: { code, ...details },
  });
}

const NOWHERE = { nodes: undefined, source: undefined, positions: undefined, path: undefined };

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}
