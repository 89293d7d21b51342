import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../../dev/free-port';
import { ENDPOINT } from '../../gateway';
import { collect, PROJECT_FOLDER, productionEnvironment } from '../lifecycle/child-process';
import { isReady } from '../lifecycle/production-server';
import { residentMb } from '../speed/process-usage';

/** How long it may take to be ready, in milliseconds. */
const START_MS = 30_000;

/** Runs in the server: asked, it tells how late its turns were since it was asked last, and what it holds after a collection. */
const REPORTER = `
import { monitorEventLoopDelay } from 'node:perf_hooks';
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('message', () => {
  const ms = (percent) => delay.percentile(percent) / 1e6;
  const loop = { p50: ms(50), p99: ms(99), max: delay.max / 1e6 };
  gc(); gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send({ loop, held: heapUsed + external });
  delay.reset();
});
process.on('disconnect', () => process.exit(1));
`;

const health = z.object({
  /** Between two looks of a timer of 1 ms, in milliseconds. */
  loop: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  /** Heap and what is beside it, in bytes. */
  held: z.number(),
});

export type Health = z.infer<typeof health>;

/** The gateway without pages, whose event loop is watched. */
export interface WatchedServer {
  readonly endpoint: string;
  /** Since it was asked last. */
  health(): Promise<Health>;
  /** What the process holds now, in MB. Undefined where the system does not tell. */
  rssMb(): number | undefined;
  stop(): Promise<void>;
}

/**
 * @param nodeArguments more of Node's own.
 * @throws {Error} with the output, where it ends before it is ready.
 */
export async function startWatchedServer(
  variables: Readonly<Record<string, string>>,
  nodeArguments: readonly string[],
): Promise<WatchedServer> {
  const port = await freePort();
  const reporter = `data:text/javascript,${encodeURIComponent(REPORTER)}`;
  const child = spawn(
    process.execPath,
    ['--expose-gc', ...nodeArguments, '--import', reporter, 'dist/serve.js'],
    {
      cwd: PROJECT_FOLDER,
      env: productionEnvironment({
        GATEWAY_LOG_LEVEL: 'warn',
        ...variables,
        HOSTNAME: '127.0.0.1',
        PORT: String(port),
      }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const output = collect(child);
  const ended = once(child, 'close');
  const url = `http://127.0.0.1:${port}`;
  const tooLate = Date.now() + START_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > tooLate) {
      child.kill('SIGKILL');
      throw new Error(`The server did not get ready:\n${output()}`);
    }
    await pause(50);
  }
  return {
    endpoint: `${url}${ENDPOINT}`,
    async health() {
      child.send('health');
      const [message] = await once(child, 'message');
      return health.parse(message);
    },
    rssMb: () => residentMb(child.pid),
    async stop() {
      // A profile is written only by a process that ends by itself.
      child.kill('SIGTERM');
      await ended;
    },
  };
}
