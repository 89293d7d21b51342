import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const PROJECT_FOLDER = fileURLToPath(new URL('../..', import.meta.url));

/** Characters of output that are kept. */
const OUTPUT_LENGTH = 20_000;

/** What a program gets that runs as in production: nothing of what configures a gateway is inherited. */
export function productionEnvironment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...variables };
}

/** Keeps the last of what a program prints; to be asked at any time. */
export function collect({ stdout, stderr }: ChildProcess): () => string {
  let output = '';
  for (const stream of [stdout, stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-OUTPUT_LENGTH);
    });
  return () => output;
}
