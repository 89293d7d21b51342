import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PROGRAM = fileURLToPath(new URL('./source-process.ts', import.meta.url));

const listening = z.object({ port: z.number() });
const times = z.object({ medianMs: z.number() });

/** A stand-in for a source of external data that takes next to no time, and knows how much. */
export interface Source {
  readonly url: string;
  /** Median of what its requests took since this was asked last, in milliseconds. 0: there were none. */
  ownTime(): Promise<number>;
  stop(): void;
}

export async function startSource(): Promise<Source> {
  const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'] });
  const [message] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${listening.parse(message).port}`,
    async ownTime() {
      child.send('times');
      const [answer] = await once(child, 'message');
      return times.parse(answer).medianMs;
    },
    stop: () => child.disconnect(),
  };
}
