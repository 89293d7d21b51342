import { rightAnswer } from './ask';
import type { Bench } from './bench';
import { SERIES, type Series } from './growth-series';
import { type Figure, figureOf, type Sample } from './measurements';
import { requestsOf } from './operations';
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
      for (const size of sizes)
        for (const server of servers) {
          const key = `${server.spec.name} ${size}`;
          const sample = await measurePoint(bench, server, series, size, round);
          samples.set(key, [...(samples.get(key) ?? []), sample]);
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

async function measurePoint(
  { generator, paces, viewerId, tokens }: Bench,
  server: Awaited<ReturnType<Bench['fleet']['startAnother']>>,
  series: Series,
  size: number,
  round: number,
): Promise<Sample> {
  const simple = requestsOf(viewerId, server.spec);
  const { connections, requests, count, judge = viewerId.judge } = series.load(size, simple, tokens, round);
  // What the first token is answered does not depend on it: ids are of one length.
  const expected = await rightAnswer(server, { ...requests, tokens: simple.tokens }, judge);
  const { primeMs, measureMs } = paces.others;
  return generator.run(server, {
    connections,
    expected,
    ...(count === undefined
      ? {
          prime: { requests, ms: size > MANY ? paces.growthPrimeMs : primeMs },
          measure: { requests, ms: measureMs },
        }
      : // Of tokens that nobody may have seen none can be sent before.
        { prime: { requests: simple, ms: primeMs }, measure: { requests, count } }),
  });
}
