import type { Bench } from './bench';
import { COLD_TOKEN, COLD_TOKEN_SERVERS, measureColdTokens, WARM_TOKEN } from './cold-tokens';
import { findCores, pinLoad } from './cores';
import { Fleet } from './fleet';
import { GROWTH, measureGrowth } from './growth';
import { startGenerator } from './load/generator';
import { Measurements } from './measurements';
import { type Operation, operationsOf } from './operations';
import { parseOptions } from './options';
import { FULL, SHORT } from './pace';
import { type Measured, type Results, resultsOf } from './report/results';
import { measureOperations } from './rounds';
import { setUp } from './setup';
import { startWorld } from './world';

/** What a run has found. */
export interface Outcome {
  readonly results: Results;
  /** What each operation is. */
  readonly about: Readonly<Record<string, string>>;
  /** Whether it was too short for figures to mean anything. */
  readonly short: boolean;
  /** Whether all was measured, for long enough to be worth keeping. */
  readonly whole: boolean;
}

/**
 * Sets up, measures, and stops everything it has started.
 * @throws {Error} where a server does not start or an answer is wrong.
 */
export async function run(print: (line: string) => void): Promise<Outcome> {
  const startedAt = Date.now();
  const progress = (line: string) => print(`${Math.round((Date.now() - startedAt) / 1_000)} s  ${line}`);
  const world = await startWorld();
  try {
    const operations = operationsOf(world);
    const options = parseOptions(operations.map(({ name }) => name));
    const paces = options.short ? SHORT : FULL;
    if (!options.built) await setUp(progress);
    const tokens = await mintTokens(options.includesOperation, paces.growTo, world.mintTokens, progress);

    // Not earlier: builds and tokens may have both cores.
    const cores = findCores();
    if (cores === undefined) progress('server and load cannot be pinned: they share the cores');
    else pinLoad(cores);

    const viewerId = viewerIdOf(operations);
    const fleet = new Fleet({ world, cores, nodeArguments: options.nodeArguments, progress });
    const generator = startGenerator();
    const bench: Bench = {
      world,
      fleet,
      generator,
      paces,
      measurements: new Measurements(),
      viewerId,
      includes: options.includesServer,
      tokens,
      progress,
    };
    try {
      const chosen = operations.filter(({ name }) => options.includesOperation(name));
      for (const group of groupsOf(chosen)) await measureOperations(bench, group);
      if (options.includesOperation(COLD_TOKEN)) await measureColdTokens(bench);
      const growth = options.includesOperation(GROWTH) ? await measureGrowth(bench) : [];
      const measured = [
        ...chosen,
        ...[COLD_TOKEN, WARM_TOKEN].map((name) => ({ name, servers: COLD_TOKEN_SERVERS })),
      ].map(namesOf);
      return {
        results: resultsOf({ ...bench, measured, growth, startupMs: fleet.startupMs(), cores }),
        about: Object.fromEntries(operations.map(({ name, about }) => [name, about])),
        short: options.short,
        whole: options.whole,
      };
    } finally {
      generator.stop();
      await fleet.stop();
    }
  } finally {
    await world.close();
  }
}

/** Where they are needed: they take their time. */
async function mintTokens(
  includesOperation: (name: string) => boolean,
  count: number,
  mint: (count: number) => Promise<string[]>,
  progress: (line: string) => void,
): Promise<readonly string[]> {
  if (!includesOperation(COLD_TOKEN) && !includesOperation(GROWTH)) return [];
  progress(`signing ${count} tokens …`);
  return mint(count);
}

function viewerIdOf([first]: readonly Operation[]): Operation {
  if (first === undefined) throw new Error('There is nothing to measure.');
  return first;
}

/** Those that are compared with each other, together. */
function groupsOf(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = operation.comparedIn ?? operation.name;
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return [...groups.values()];
}

function namesOf({ name, servers }: Pick<Operation, 'name' | 'servers'>): Measured {
  return { name, servers: servers.map((server) => server.name) };
}
