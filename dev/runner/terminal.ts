const COLORS = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

export const bold = (text: string) => (COLORS ? `\x1b[1m${text}\x1b[22m` : text);
export const dim = (text: string) => (COLORS ? `\x1b[2m${text}\x1b[22m` : text);
export const green = (text: string) => (COLORS ? `\x1b[32m${text}\x1b[39m` : text);
export const red = (text: string) => (COLORS ? `\x1b[31m${text}\x1b[39m` : text);

/** Writes a line to standard output. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Runs one step of the start: a line when it begins, a line with its result and time when it is done. */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  result: (value: T) => string,
): Promise<T> {
  say(`${dim('…')} ${name.padEnd(16)} ${dim('starting')}`);
  const startedAt = performance.now();
  const value = await work();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  say(`${green('✓')} ${name.padEnd(16)} ${result(value)} ${dim(`(${seconds} s)`)}`);
  return value;
}
