import type { Results } from './results';
import { growthTables, mustHoldTable, operationTables, serverTable } from './tables';

/** With less than this share of a core, a server under full load did not have it to itself. */
const BUSY = 0.9;

/** Everything that was measured, for people to read. */
export function markdown(results: Results, about: Readonly<Record<string, string>>): string {
  const { environment, growth } = results;
  return [
    '# Throughput and latency',
    'Written by `npm run bench`. Node ' +
      `${environment.node.slice(1)}, ${environment.cpu}, ${environment.cores} cores; ` +
      (environment.pinned
        ? 'each server is one process on one core, the load and everything else on another one. '
        : 'server and load share the cores: there was nothing to pin them with. ') +
      'All have the same keys, take RS256 session tokens over connections that are kept alive, and were seen to answer a good token and to refuse ' +
      'an expired one, a tampered one and none. Figures are medians over rounds that take turns, each right after a priming load. What is compared on one server (with a token and ' +
      'without, known tokens and unknown ones, sizes that grow) takes turns of a tenth of a second in each round. Ratios are to ' +
      'the seed’s REST sample, `viewer-id` over as many connections; absolute figures of different runs do not compare. The gateways log a line ' +
      'for each request, to /dev/null, and count rate limits too high to reach. ' +
      `The load generator used ${percent(environment.generatorCpu)} of its core at most` +
      (environment.serverCpu === null
        ? '.'
        : `; each server had ${percent(environment.serverCpu)} of its core at least, with 32 connections` +
          (environment.serverCpu < BUSY ? ': **the machine was busy with something else**.' : '.')),
    '## What must hold',
    mustHoldTable(results),
    '## Servers',
    serverTable(results),
    '## Operations',
    ...operationTables(results, about),
    ...(growth.length === 0 ? [] : ['## Growth', ...growthTables(results)]),
    '',
  ].join('\n\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
