import type { ExecutionResult, GraphQLError } from 'graphql';
import type { GatewayPlugin } from '../exchange';
import { executionStatus, refusalStatus } from '../http-status';

/** Decides the status of every response, in one place. What it leaves undecided is Yoga's: the protocol's own rules. */
export function useHttpStatus(): GatewayPlugin {
  return {
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      const { errors = [] } = result;
      if (errors.length === 0) return;
      const status = 'data' in result ? executionStatus(result.data, errors) : statusOfRefusal(errors[0]);
      if (status === undefined) return;
      const http = { status, headers: responseHeaders(status, errors) };
      setResult({ ...result, extensions: { ...result.extensions, http } });
    },
  };
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

function responseHeaders(
  status: number,
  errors: NonNullable<ExecutionResult['errors']>,
): Record<string, string> {
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
