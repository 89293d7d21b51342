import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Sample } from '../measurements';
import type { RunningServer } from '../running-server';
import type { LoadOptions } from './load';

const PROGRAM = fileURLToPath(new URL('./generator-process.ts', import.meta.url));

const answer = z.union([
  z.object({
    result: z.object({ rps: z.number(), p50: z.number(), p99: z.number(), generatorCpu: z.number() }),
  }),
  z.object({ failure: z.string() }),
]);

/** The load generator. */
export interface Generator {
  /** Puts a server under load; one at a time. @throws {Error} where an answer was wrong or a connection broke. */
  run(server: RunningServer, options: Omit<LoadOptions, 'port'>): Promise<Sample>;
  stop(): void;
}

/** Starts the load generator as a process of its own, on the cores that this one may use. */
export function startGenerator(): Generator {
  const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  const ended = once(child, 'exit').then(() => [{ failure: 'the load generator has ended' }]);
  return {
    async run({ spec, port, rssMb, cpuSeconds }, options) {
      const [startedAt, cpuAtStart] = [performance.now(), cpuSeconds()];
      child.send({ ...options, port });
      const [message] = await Promise.race([once(child, 'message'), ended]);
      const [seconds, cpuAtEnd] = [(performance.now() - startedAt) / 1_000, cpuSeconds()];
      const answered = answer.parse(message);
      if ('failure' in answered) throw new Error(`${spec.name}: ${answered.failure}`);
      return {
        ...answered.result,
        rssMb: rssMb(),
        serverCpu:
          cpuAtStart === undefined || cpuAtEnd === undefined ? undefined : (cpuAtEnd - cpuAtStart) / seconds,
      };
    },
    stop: () => child.disconnect(),
  };
}
