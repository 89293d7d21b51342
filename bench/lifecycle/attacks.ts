import { gzipSync } from 'node:zlib';
import { type Attack, besiege } from './besiege';
import { load, rehearse } from './load';
import { Judge, operationsOf } from './operations';
import { startServer } from './production-server';
import { seededRandom } from './random';
import { failuresOf, type Report } from './report';
import type { Services } from './services';

/** The second client, whose answers are looked at. */
const WORKERS = 2;

const PATIENCE_MS = 15_000;

export interface AttacksOptions {
  readonly services: Services;
  /** For all attacks together, and the quiet before them. */
  readonly seconds: number;
  readonly seed: number;
}

const times = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => piece(index)).join(' ');

function attacks(token: string): Attack[] {
  const json = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const document = (name: string, query: string, variables?: unknown) => ({
    name,
    body: JSON.stringify({ query, variables }),
    headers: json,
    refused: [400],
  });
  return [
    document(
      '30 levels of doubling fragments',
      `{ ...F0 } ${times(30, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F30 on Query { __typename }`,
    ),
    { ...document('5 MB of tokens', `{ ${'a '.repeat(2_500_000)} }`), refused: [413] },
    document('240 kB of tokens', `{ ${'a '.repeat(120_000)} }`),
    document('10,000 aliases', `{ ${times(10_000, (index) => `a${index}: __typename`)} }`),
    {
      ...document('a fragment that spreads itself', '{ ...A } fragment A on Query { ...A }'),
      refused: [200, 400],
    },
    {
      name: 'variables 100,000 levels deep',
      body: `{"query":"{ __typename }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      headers: json,
      refused: [400],
    },
    {
      name: 'a gzip bomb',
      body: gzipSync(Buffer.alloc(10_000_000)).toString('latin1'),
      headers: { ...json, 'content-encoding': 'gzip' },
      refused: [415],
    },
    {
      name: 'junk tokens',
      body: JSON.stringify({ query: '{ viewer { id } }' }),
      headers: { ...json, authorization: 'Bearer ak_junk' },
      refused: [401, 429],
    },
  ];
}

/**
 * Sends each attack over and over while a second client goes about its business: how quickly it is refused, and how much
 * slower the second client's answers come, as a ratio to a quiet time in the same run.
 */
export async function attack({ services, seconds, seed }: AttacksOptions): Promise<Report> {
  const server = await startServer(services.variables);
  try {
    const [judge, operations] = [new Judge(), operationsOf(services.users)];
    await rehearse(server.endpoint, operations, judge, PATIENCE_MS);
    const all = attacks(services.users[0]?.token ?? '');
    const partMs = (seconds * 1_000) / (all.length + 2);
    const client = () =>
      load({
        endpoint: () => server.endpoint,
        operations,
        judge,
        random: seededRandom(seed),
        workers: WORKERS,
        patienceMs: PATIENCE_MS,
        until: AbortSignal.timeout(partMs),
      });
    // The first part warms everything up.
    await client();
    const quiet = await client();
    const lines = [
      `second client, quiet: p50 ${quiet.percentile(50).toFixed(1)} ms, p99 ${quiet.percentile(99).toFixed(1)} ms`,
      'attack                            refused p50   slowest   second client’s p99, quiet = 1',
    ];
    const failures = failuresOf(quiet);
    for (const one of all) {
      const [tally, siege] = await Promise.all([
        client(),
        besiege({ endpoint: server.endpoint, attack: one, ms: partMs }),
      ]);
      failures.push(...failuresOf(tally), ...siege.failures);
      const ratio = tally.percentile(99) / quiet.percentile(99);
      lines.push(
        [
          one.name.padEnd(34),
          `${siege.medianMs.toFixed(1)} ms`.padStart(11),
          `${siege.slowestMs.toFixed(1)} ms`.padStart(10),
          ratio.toFixed(2).padStart(10),
        ].join(''),
      );
    }
    return { tally: quiet, lines, failures };
  } finally {
    server.kill('SIGKILL');
    await server.ended;
  }
}
