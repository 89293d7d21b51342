import type { Exchange, GatewayPlugin } from '../exchange';

/**
 * Tells callers in `extensions` what stands behind an answer: `stale` where a source is down and the answer was remembered
 * from before, and, where `cost` is on, each call that the request waited for.
 */
export function useSourceReport(cost: boolean): GatewayPlugin {
  return {
    onResultProcess({ result, setResult, serverContext: { exchange } }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      const report = {
        ...staleness(exchange),
        ...(cost && exchange.calls.length > 0 ? { cost: costOf(exchange) } : {}),
      };
      if (Object.keys(report).length === 0) return;
      setResult({ ...result, extensions: { ...result.extensions, ...report } });
    },
  };
}

function staleness({ staleForMs }: Exchange) {
  return staleForMs === undefined
    ? {}
    : { stale: { source: 'clerk', ageSeconds: Math.round(staleForMs / 1000) } };
}

function costOf({ calls }: Exchange) {
  return { calls: calls.map(({ source, call, ms }) => ({ source, call, ms: Math.round(ms * 10) / 10 })) };
}
