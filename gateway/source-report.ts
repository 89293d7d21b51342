import type { ExecutionResult } from 'graphql';
import type { Exchange } from './exchange';

/**
 * Tells callers in `extensions` what stands behind an answer: `stale` where a source is down and the answer was remembered
 * from before, and, where `cost` is on, each call that the request waited for.
 */
export function withSourceReport(
  result: ExecutionResult,
  { staleForMs, calls }: Exchange,
  cost: boolean,
): ExecutionResult {
  const showsCalls = cost && calls.length > 0;
  if (staleForMs === undefined && !showsCalls) return result;
  const extensions = {
    ...result.extensions,
    ...(staleForMs === undefined
      ? {}
      : { stale: { source: 'clerk', ageSeconds: Math.round(staleForMs / 1000) } }),
    ...(showsCalls
      ? {
          cost: {
            calls: calls.map(({ source, call, ms }) => ({ source, call, ms: Math.round(ms * 10) / 10 })),
          },
        }
      : {}),
  };
  return { ...result, extensions };
}
