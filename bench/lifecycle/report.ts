import type { Memory } from './production-server';
import type { Tally } from './tally';

/** What a run has found. */
export interface Report {
  readonly tally: Tally;
  /** What else was measured, a line each. */
  readonly lines: readonly string[];
  /** Promises that were broken; empty where all is well. */
  readonly failures: readonly string[];
}

/**
 * How much more the heap may hold at the end than after warming up, in bytes. What is compiled and cached on the way is a few
 * megabytes; an hour's leak of 50 bytes a request is more.
 */
const MOST_GROWTH = 32 * 1024 * 1024;

/** What was wrong with the answers. */
export function failuresOf(tally: Tally): string[] {
  return [
    ...(tally.requests === 0 ? ['Nothing was asked.'] : []),
    ...(tally.wrong > 0 ? [`${tally.wrong} answers were wrong.`] : []),
    ...(tally.lostRequests > 0 ? [`${tally.lostRequests} requests were lost.`] : []),
  ];
}

export function growthFailures(start: Memory, end: Memory): string[] {
  const growth = end.heapUsed - start.heapUsed;
  return growth > MOST_GROWTH ? [`The heap has grown by ${megabytes(growth)}.`] : [];
}

export function memoryLine(when: string, { heapUsed, rss }: Memory): string {
  return `memory    ${when}: heap ${megabytes(heapUsed)}, resident ${megabytes(rss)}`;
}

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
