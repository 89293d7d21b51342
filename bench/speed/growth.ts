import { rightAnswer } from './ask';
import type { Bench } from './bench';
import { CONNECTIONS, SERIES, type Series } from './growth-series';
import { type Figure, figureOf, type Sample } from './measurements';
import { requestsOf } from './operations';
import type { RunningServer } from './running-server';
import { serverNamed } from './servers';

/** Name under which it can be chosen. */
export const GROWTH = 'growth';

/** The gateway, and the peer that has as much to remember. */
const MEASURED = ['gateway-standalone', 'mercurius-jit-token-cache'];

/** From this size on a server needs more time to have seen everything. */
const MANY = 1_000;

/** What became of a server while something grew. */
export interface GrowthPoint extends Figure {
  readonly series: string;
  readonly server: string;
  readonly size: number;
  /** Memory after the first round and after the last one, in MB. */
  readonly rssMbByRound: readonly number[];
}

/** Measures how throughput, latency and memory go with what grows. Every series has processes of its own. */
export async function measureGrowth(bench: Bench): Promise<readonly GrowthPoint[]> {
  const points: GrowthPoint[] = [];
  for (const series of SERIES) points.push(...(await measureSeries(bench, series)));
  return points;
}

async function measureSeries(bench: Bench, series: Series): Promise<GrowthPoint[]> {
  const { fleet, viewerId, includes, paces, progress } = bench;
  const sizes = [...new Set(series.sizes.map((size) => Math.min(size, paces.growTo)))];
  const names = MEASURED.filter(includes);
  const servers = [];
  try {
    for (const name of names) servers.push(await fleet.startAnother(serverNamed(name), viewerId));
    const samples = new Map<string, Sample[]>();
    for (let round = 1; round <= paces.others.rounds; round += 1) {
      progress(`growth of ${series.name}, round ${round} of ${paces.others.rounds}: ${sizes.join(', ')}`);
      for (const server of servers) {
        const measured = await measureSizes(bench, server, series, sizes, round);
        for (const [index, sample] of measured.entries()) {
          const key = `${server.spec.name} ${sizes[index]}`;
          samples.set(key, [...(samples.get(key) ?? []), sample]);
        }
      }
    }
    return names.flatMap((server) =>
      sizes.map((size) => {
        const own = samples.get(`${server} ${size}`) ?? [];
        const rssMbByRound = own.flatMap(({ rssMb }) => rssMb ?? []);
        return { series: series.name, server, size, rssMbByRound, ...figureOf(own) };
      }),
    );
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** One sample for each of the sizes. */
async function measureSizes(
  { generator, paces, viewerId, tokens }: Bench,
  server: RunningServer,
  { takesTurns, load }: Series,
  sizes: readonly number[],
  round: number,
): Promise<readonly Sample[]> {
  const simple = requestsOf(viewerId, server.spec);
  const { primeMs, measureMs } = paces.others;
  const loads = [];
  for (const size of sizes) {
    const { connections, requests, count, judge = viewerId.judge } = load(size, simple, tokens, round);
    // What the first token is answered does not depend on it: ids are of one length.
    const expected = await rightAnswer(server, { ...requests, tokens: simple.tokens }, judge);
    const all = { requests, expected };
    loads.push(
      count === undefined
        ? {
            connections,
            prime: { ...all, ms: size > MANY ? paces.growthPrimeMs : primeMs },
            measure: { ...all, ms: takesTurns ? paces.comparedMs : measureMs },
          }
        : // Of tokens that nobody may have seen none can be sent before.
          {
            connections,
            prime: { requests: simple, expected, ms: primeMs },
            measure: { ...all, count },
          },
    );
  }
  if (takesTurns)
    return generator.compare(server, {
      connections: CONNECTIONS,
      primes: loads.map(({ prime }) => prime),
      measures: loads.map(({ measure }) => measure),
    });
  const samples = [];
  for (const each of loads) samples.push(await generator.run(server, each));
  return samples;
}
