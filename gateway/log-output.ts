import type { DestinationStream } from 'pino';

/** Characters that are worth a call of the system. */
const BLOCK = 16_000;

/** How long a line waits at most, in milliseconds. */
const PATIENCE_MS = 100;

/**
 * Writes lines in blocks to standard output, and what is left when the process ends: a call of the system for each line would cost as
 * much as answering. A process that is killed without notice loses what waited.
 */
export function blockOutput(): DestinationStream {
  let block = '';
  function flush(): void {
    if (block === '') return;
    const lines = block;
    block = '';
    process.stdout.write(lines);
  }
  setInterval(flush, PATIENCE_MS).unref();
  process.on('exit', flush);
  // Nobody reads it any more: no reason to stop answering.
  process.stdout.on('error', () => {});
  return {
    write(line) {
      block += line;
      if (block.length >= BLOCK) flush();
    },
  };
}
