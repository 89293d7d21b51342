import type { LoadResult } from './load/load';
import { median } from './median';

/** What one round found. */
export interface Sample extends LoadResult {
  /** Memory of the server's process afterwards, in MB. Undefined where the system does not tell. */
  readonly rssMb: number | undefined;
  /** Share of a core that the server had, from 0 to 1. Below 1 with many connections, something else had it. */
  readonly serverCpu: number | undefined;
  /** Median of what the source itself took for a request, in milliseconds. */
  readonly sourceMs?: number;
}

/** Medians over the rounds. */
export interface Figure extends Sample {
  /** The slowest and the fastest round, in answers per second. */
  readonly least: number;
  readonly most: number;
}

/** Medians over the rounds of what was measured. */
export function figureOf(samples: readonly Sample[]): Figure {
  const rates = samples.map(({ rps }) => rps);
  const sources = samples.flatMap(({ sourceMs }) => sourceMs ?? []);
  return {
    rps: median(rates),
    least: Math.min(...rates),
    most: Math.max(...rates),
    p50: median(samples.map(({ p50 }) => p50)),
    p99: median(samples.map(({ p99 }) => p99)),
    generatorCpu: Math.max(...samples.map(({ generatorCpu }) => generatorCpu)),
    rssMb: medianOf(samples.map(({ rssMb }) => rssMb)),
    serverCpu: medianOf(samples.map(({ serverCpu }) => serverCpu)),
    ...(sources.length === 0 ? {} : { sourceMs: median(sources) }),
  };
}

function medianOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? undefined : median(known);
}

/** All samples of a run, by operation, server and connections. */
export class Measurements {
  readonly #samples = new Map<string, Sample[]>();

  add(operation: string, server: string, connections: number, sample: Sample): void {
    const key = keyOf(operation, server, connections);
    this.#samples.set(key, [...(this.#samples.get(key) ?? []), sample]);
  }

  /** Undefined where that was not measured. */
  figure(operation: string, server: string, connections: number): Figure | undefined {
    const samples = this.#samples.get(keyOf(operation, server, connections));
    return samples && figureOf(samples);
  }
}

function keyOf(operation: string, server: string, connections: number): string {
  return `${operation} ${server} ${connections}`;
}
