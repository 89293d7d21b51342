import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../dev/free-port';
import { collect, productionEnvironment } from '../lifecycle/child-process';
import { type Cores, pinned } from './cores';
import { cpuSeconds, residentMb } from './process-usage';
import { BUILD_VARIABLES, type ServerSpec } from './servers';

/** How long a server may take to answer rightly, in milliseconds. */
const START_MS = 60_000;

/** Between two looks whether it does, in milliseconds. */
const LOOK_MS = 5;

/** A server that answers. */
export interface RunningServer {
  readonly spec: ServerSpec;
  readonly port: number;
  readonly endpoint: string;
  /** From the start of the process to its first right answer, in milliseconds. */
  readonly startupMs: number;
  /** What the process holds of memory now, in MB. Undefined where the system does not tell. */
  rssMb(): number | undefined;
  /** What it has used of the processor so far, in seconds. Undefined where the system does not tell. */
  cpuSeconds(): number | undefined;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly cores: Cores | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** More of Node's own arguments. */
  readonly nodeArguments?: readonly string[];
  /** Whether the server that is listening answers as it should. */
  readonly isReady: (endpoint: string) => Promise<boolean>;
  /** Ends it. A profile is written only by a process that ends by itself. Default: SIGKILL. */
  readonly stopSignal?: NodeJS.Signals;
}

/**
 * Starts a server and waits for its first right answer. Its log goes to /dev/null: a pipe would have to be drained on the core of the load.
 * @throws {Error} with what it wrote to standard error, where it ends before that; naming the file, where there is none to start.
 */
export async function startServer(spec: ServerSpec, options: StartOptions): Promise<RunningServer> {
  const { folder, file, path } = spec;
  if (!existsSync(join(folder, file)))
    throw new Error(`${spec.name} cannot be started: there is no ${file}. Was it built?`);
  const port = await freePort();
  const [command = '', ...rest] = pinned(options.cores, [
    process.execPath,
    ...(spec.nodeArguments ?? []),
    ...(options.nodeArguments ?? []),
    file,
    ...(spec.programArguments?.(port) ?? []),
  ]);
  const startedAt = performance.now();
  const child = spawn(command, rest, {
    cwd: folder,
    env: productionEnvironment({
      ...BUILD_VARIABLES,
      ...options.variables,
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
    }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output = collect(child);
  const ended = once(child, 'close');

  async function stop(): Promise<void> {
    child.kill(options.stopSignal ?? 'SIGKILL');
    await ended;
  }

  const endpoint = `http://127.0.0.1:${port}${path}`;
  const tooLate = startedAt + START_MS;
  while (!(await options.isReady(endpoint))) {
    if (child.exitCode !== null || performance.now() > tooLate) {
      await stop();
      throw new Error(`${spec.name} did not start:\n${output()}`);
    }
    await pause(LOOK_MS);
  }
  const startupMs = performance.now() - startedAt;
  return {
    spec,
    port,
    endpoint,
    startupMs,
    rssMb: () => residentMb(child.pid),
    cpuSeconds: () => cpuSeconds(child.pid),
    stop,
  };
}
