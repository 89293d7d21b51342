import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { freePort } from '../../dev/free-port';
import { ENDPOINT, READY_PATH } from '../../gateway';
import { collect, PROJECT_FOLDER, productionEnvironment } from './child-process';

/** Where these servers' build is, beside those that somebody uses. */
export const BUILD_FOLDER = '.production';

/** Becomes part of the pages, which nobody asks for here. */
const PUBLISHABLE_KEY = `pk_live_${Buffer.from('clerk.example.com$').toString('base64url')}`;

/** How long a server may take to be ready, in milliseconds. */
const START_MS = 60_000;

/** Runs in the server: tells how much the heap holds when it is asked, and ends with whoever asks. */
const REPORTER = `
process.on('message', () => { gc(); gc(); process.send({ heapUsed: process.memoryUsage().heapUsed, rss: process.memoryUsage().rss }); });
process.on('disconnect', () => process.exit(1));
`;

const memory = z.object({ heapUsed: z.number(), rss: z.number() });

/** What a server holds after a garbage collection, in bytes. */
export type Memory = z.infer<typeof memory>;

/** A server as `npm start` starts it. */
export interface ProductionServer {
  readonly url: string;
  /** Where operations are sent to. */
  readonly endpoint: string;
  memory(): Promise<Memory>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** The last of what it has printed. */
  output(): string;
}

/** Builds what the servers run. @throws {Error} with the output, where it fails. */
export async function buildForProduction(variables: Readonly<Record<string, string>> = {}): Promise<void> {
  const build = spawn('npm', ['run', '--silent', 'build'], {
    cwd: PROJECT_FOLDER,
    // The key becomes part of the pages, which nobody asks for here.
    env: environment({ NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY, ...variables }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(build);
  const [code] = await once(build, 'close');
  if (code !== 0) throw new Error(`The build failed:\n${output()}`);
}

/**
 * Starts a server and waits until it is ready.
 * @throws {Error} with the output, where it ends before that.
 */
export async function startServer(variables: Readonly<Record<string, string>>): Promise<ProductionServer> {
  const port = await freePort();
  const reporter = `data:text/javascript,${encodeURIComponent(REPORTER)}`;
  const child = spawn(process.execPath, ['--expose-gc', '--import', reporter, 'start.mjs'], {
    cwd: PROJECT_FOLDER,
    env: environment({ GATEWAY_LOG_LEVEL: 'warn', ...variables, HOSTNAME: '127.0.0.1', PORT: String(port) }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = collect(child);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const server: ProductionServer = {
    url,
    endpoint: `${url}${ENDPOINT}`,
    async memory() {
      child.send('memory');
      const [message] = await once(child, 'message');
      return memory.parse(message);
    },
    kill: (signal) => child.kill(signal),
    ended,
    output,
  };
  const tooLate = Date.now() + START_MS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > tooLate) {
      child.kill('SIGKILL');
      throw new Error(`The server did not get ready:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return server;
}

/** Whether a server wants to be sent requests. */
export function isReady(url: string): Promise<boolean> {
  return fetch(`${url}${READY_PATH}`, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(2_000),
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status === 200;
    },
    () => false,
  );
}

function environment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return productionEnvironment({ GATEHOUSE_DIST_DIR: BUILD_FOLDER, ...variables });
}
