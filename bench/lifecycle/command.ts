import { parseArgs } from 'node:util';
import { BUILD_FOLDER, buildForProduction } from './production-server';
import type { Report } from './report';
import { type Services, startServices } from './services';

/** What a run is told on the command line. */
export interface RunOptions {
  readonly services: Services;
  readonly seconds: number;
  readonly seed: number;
  readonly progress: (line: string) => void;
}

/**
 * Builds, starts the local services, runs, prints the report, and sets the exit code. Options: `--seconds` or `--minutes`, `--seed`, and
 * `--built` where what was built last will do.
 *
 * @param defaultSeconds how long to run where nothing is said.
 */
export async function runCommand(
  defaultSeconds: number,
  run: (options: RunOptions) => Promise<Report>,
): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string', default: '1' },
      built: { type: 'boolean', default: false },
    },
  });
  const seconds = values.minutes === undefined ? values.seconds : String(Number(values.minutes) * 60);
  const options = {
    seconds: positive('seconds', seconds ?? String(defaultSeconds)),
    seed: positive('seed', values.seed),
  };

  if (!values.built) {
    print(`Building into ${BUILD_FOLDER} …`);
    await buildForProduction();
  }
  print('Starting the local services …');
  const services = await startServices();
  try {
    print(`Running for ${options.seconds} s …`);
    const { tally, lines, failures } = await run({ services, ...options, progress: print });
    print([String(tally), ...lines, ...(failures.length > 0 ? failures : ['All is well.'])].join('\n'));
    process.exitCode = failures.length > 0 ? 1 : 0;
  } finally {
    const { exitCode } = process;
    await services.close();
    // The database sets it when it ends.
    process.exitCode = exitCode;
  }
}

/** Ends the process with code 1 where a command fails. */
export function reportFailure(error: unknown): void {
  print(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`--${option} must be a number above 0.`);
  return value;
}
