import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Sample } from '../measurements';
import type { RunningServer } from '../running-server';
import type { LoadOptions, Measure, Prime } from './load';

const PROGRAM = fileURLToPath(new URL('./generator-process.ts', import.meta.url));

const answer = z.union([
  z.object({
    results: z.array(
      z.object({ rps: z.number(), p50: z.number(), p99: z.number(), generatorCpu: z.number() }),
    ),
  }),
  z.object({ failure: z.string() }),
]);

/** The load generator. It puts one server under load at a time. */
export interface Generator {
  /** @throws {Error} where an answer was wrong or a connection broke. */
  run(
    server: RunningServer,
    load: { readonly connections: number; readonly prime: Prime; readonly measure: Measure },
  ): Promise<Sample>;
  /** The same with several that take turns, one sample for each. */
  compare(server: RunningServer, load: Omit<LoadOptions, 'port'>): Promise<readonly Sample[]>;
  stop(): void;
}

/** Starts the load generator as a process of its own, on the cores that this one may use. */
export function startGenerator(): Generator {
  const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  const ended = once(child, 'exit').then(() => [{ failure: 'the load generator has ended' }]);

  async function compare(
    { spec, port, rssMb, cpuSeconds }: RunningServer,
    load: Omit<LoadOptions, 'port'>,
  ): Promise<readonly Sample[]> {
    const [startedAt, cpuAtStart] = [performance.now(), cpuSeconds()];
    child.send({ ...load, port });
    const [message] = await Promise.race([once(child, 'message'), ended]);
    const [seconds, cpuAtEnd] = [(performance.now() - startedAt) / 1_000, cpuSeconds()];
    const answered = answer.parse(message);
    if ('failure' in answered) throw new Error(`${spec.name}: ${answered.failure}`);
    const serverCpu =
      cpuAtStart === undefined || cpuAtEnd === undefined ? undefined : (cpuAtEnd - cpuAtStart) / seconds;
    return answered.results.map((result) => ({ ...result, rssMb: rssMb(), serverCpu }));
  }

  return {
    compare,
    async run(server, { connections, prime, measure }) {
      const [sample] = await compare(server, { connections, primes: [prime], measures: [measure] });
      if (sample === undefined) throw new Error(`${server.spec.name}: nothing was measured.`);
      return sample;
    },
    stop: () => child.disconnect(),
  };
}
