import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Read, type Reading, readSchema } from './reading';
import type { Writing } from './titles';

const listening = z.object({ port: z.number() });

const program = (name: string, programArguments: readonly string[] = []) =>
  fork(fileURLToPath(new URL(name, import.meta.url)), programArguments, { execArgv: ['--import', 'tsx'] });

/** A source of pages as large as they may be. */
export async function startLargeSource(writing: Writing): Promise<{ url: string; stop(): void }> {
  const child = program('./source-process.ts', [writing]);
  const [message] = await once(child, 'message');
  return {
    url: `http://127.0.0.1:${listening.parse(message).port}`,
    stop: () => child.disconnect(),
  };
}

/** Lets a client of its own process read. */
export async function readLarge(reading: Reading): Promise<Read> {
  const child = program('./reader-process.ts');
  child.send(reading);
  const [message] = await once(child, 'message');
  child.disconnect();
  return readSchema.parse(message);
}
