import { type ExecutionResult, GraphQLError } from 'graphql';
import type { ErrorCode } from '../errors/codes';
import type { Exchange } from './exchange';
import { isDenial } from './http-status';
import type { Logger } from './logger';

/** Failures that somebody has to look into, rather than the caller. */
const LEVELS: ReadonlyMap<unknown, 'error' | 'warn'> = new Map<ErrorCode, 'error' | 'warn'>([
  ['INTERNAL_SERVER_ERROR', 'error'],
  ['UPSTREAM_UNAVAILABLE', 'warn'],
  ['UPSTREAM_TIMEOUT', 'warn'],
  ['RATE_LIMITED', 'warn'],
]);

/** Refusing is no failure, unless something broke on the way to it. */
function levelOf({ extensions, originalError }: GraphQLError): 'error' | 'warn' | undefined {
  const level = LEVELS.get(extensions.code);
  if (level !== undefined || !isDenial(extensions.code)) return level;
  return originalError?.cause === undefined ? undefined : 'error';
}

/** Writes what failed, with its cause, to the log, and the request's id into errors that say nothing else. */
export function withErrorReport(
  result: ExecutionResult,
  exchange: Exchange,
  logger: Logger,
): ExecutionResult {
  const { errors } = result;
  if (errors === undefined) return result;
  const { requestId } = exchange;
  exchange.codes = [...new Set(errors.map(({ extensions }) => String(extensions.code)))];
  for (const error of errors) {
    const level = levelOf(error);
    if (level === undefined) continue;
    logger[level](
      { requestId, path: error.path, code: error.extensions.code, error: error.originalError ?? error },
      error.message,
    );
  }
  return { ...result, errors: errors.map((error) => withRequestId(error, requestId)) };
}

function withRequestId(error: GraphQLError, requestId: string): GraphQLError {
  if (error.extensions.code !== 'INTERNAL_SERVER_ERROR') return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    originalError: error.originalError ?? null,
    extensions: { ...error.extensions, requestId },
  });
}
