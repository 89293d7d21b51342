import { cpus } from 'node:os';
import type { Cores } from '../cores';
import type { GrowthPoint } from '../growth';
import type { Figure, Measurements } from '../measurements';
import { type MustHold, mustHold } from '../must-hold';
import { SERVERS } from '../servers';

/** Rates, and times in milliseconds. */
interface Rates {
  readonly rps: number;
  readonly leastRps: number;
  readonly mostRps: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers per second in units of what the REST sample of the seed answers to `viewer-id` over as many connections. */
  readonly ratioToSeed: number | null;
  /** Median of what the external source itself took, in milliseconds. */
  readonly sourceMs?: number;
}

/** What one server did with one operation; at the top, over 32 connections. */
export interface ServerResult extends Rates {
  /** Memory of the process in MB; null where the system does not tell. */
  readonly rssMb: number | null;
  readonly concurrency: Readonly<Record<string, Rates>>;
}

/** What `bench/results.json` holds. */
export interface Results {
  readonly environment: {
    readonly node: string;
    readonly cpu: string;
    readonly cores: number;
    /** Whether server and load had a core each. */
    readonly pinned: boolean;
    /** The greatest share of its core that the load generator used: near 1, it is what was measured. */
    readonly generatorCpu: number;
    /** The least share of its core that a server had with `viewer-id` over 32 connections: below 0.9, the machine was busy with something else. */
    readonly serverCpu: number | null;
  };
  readonly operations: Readonly<Record<string, { readonly servers: Readonly<Record<string, ServerResult>> }>>;
  readonly growth: readonly GrowthPoint[];
  readonly startupMs: Readonly<Record<string, number>>;
  readonly musthold: readonly MustHold[];
}

const SEED = 'seed-rest-next';
const MAIN_CONNECTIONS = 32;
const ALL_CONNECTIONS = [1, 32, 256];

/** An operation with the names of those that were measured with it. */
export interface Measured {
  readonly name: string;
  readonly servers: readonly string[];
}

export interface Run {
  readonly measurements: Measurements;
  readonly measured: readonly Measured[];
  readonly growth: readonly GrowthPoint[];
  readonly startupMs: Readonly<Record<string, number>>;
  readonly cores: Cores | undefined;
}

export function resultsOf({ measurements, measured, growth, startupMs, cores }: Run): Results {
  let generatorCpu = 0;
  const serverCpu = SERVERS.flatMap(
    ({ name }) => measurements.figure('viewer-id', name, MAIN_CONNECTIONS)?.serverCpu ?? [],
  );

  function rates(operation: string, server: string, connections: number): Rates | undefined {
    const figure = measurements.figure(operation, server, connections);
    if (figure === undefined) return undefined;
    generatorCpu = Math.max(generatorCpu, figure.generatorCpu);
    const seed = measurements.figure('viewer-id', SEED, connections);
    return { ...ratesOf(figure), ratioToSeed: seed === undefined ? null : rounded(figure.rps / seed.rps) };
  }

  function resultOf(operation: string, server: string): readonly [string, ServerResult][] {
    const concurrency = Object.fromEntries(
      ALL_CONNECTIONS.flatMap((connections) => {
        const own = rates(operation, server, connections);
        return own === undefined ? [] : [[String(connections), own]];
      }),
    );
    const main = concurrency[String(MAIN_CONNECTIONS)];
    if (main === undefined) return [];
    const rssMb = measurements.figure(operation, server, MAIN_CONNECTIONS)?.rssMb;
    return [[server, { ...main, rssMb: rssMb === undefined ? null : rounded(rssMb), concurrency }]];
  }

  const operations = Object.fromEntries(
    measured.flatMap(({ name, servers }) => {
      const results = servers.flatMap((server) => resultOf(name, server));
      return results.length === 0 ? [] : [[name, { servers: Object.fromEntries(results) }] as const];
    }),
  );
  return {
    environment: {
      node: process.version,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      pinned: cores !== undefined,
      generatorCpu: rounded(generatorCpu),
      serverCpu: serverCpu.length === 0 ? null : rounded(Math.min(...serverCpu)),
    },
    operations,
    growth,
    startupMs,
    musthold: mustHold(measurements, growth),
  };
}

function ratesOf({ rps, least, most, p50, p99, sourceMs }: Figure) {
  return {
    rps: rounded(rps),
    leastRps: rounded(least),
    mostRps: rounded(most),
    p50: rounded(p50),
    p99: rounded(p99),
    ...(sourceMs === undefined ? {} : { sourceMs: rounded(sourceMs) }),
  };
}

/** To three decimals: more is noise. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
