import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { explainListenError } from '../serve';

/** Next's command line. */
export const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next');

/** What a server prints once it answers: Next, or one of our own. */
const READY = /\bReady in\b|\blistening\b/;

/** How long Next gets to end by itself, in milliseconds. */
const GRACE_MS = 5_000;

/** Lines of output kept to explain an unexpected end. */
const LAST_LINES = 40;

/** A process of the application, and all that it started. */
export interface ApplicationProcess {
  /** Resolves when it has printed that it is ready; rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when it ends, for whatever reason. */
  readonly ended: Promise<Ending>;
  /** Passes on what it prints from now on; until then nothing is shown. */
  show(): void;
  /** The last lines that it printed. */
  lastOutput(): string;
  stop(): Promise<void>;
}

/** How it ended. */
export interface Ending {
  /** Null where a signal ended it, or it could not be started. */
  readonly exitCode: number | null;
  /** The last lines that it printed, and how it ended. */
  readonly description: string;
}

/** Runs `node <script> <args>`, in a process group of its own, so that all of it can be ended together. */
export function runApplication(
  [script, ...args]: readonly [script: string, ...args: string[]],
  cwd: string,
  env: NodeJS.ProcessEnv,
): ApplicationProcess {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const lines: string[] = [];
  let shown = false;
  let markReady: () => void = () => {};
  const sawReady = new Promise<void>((resolve) => {
    markReady = resolve;
  });

  const lastOutput = () => lines.join('\n').trim();
  const ended = new Promise<Ending>((resolve) => {
    const end = (exitCode: number | null, how: string) =>
      resolve({ exitCode, description: `${lastOutput()}\n\n${how}` });
    child.once('error', (error) => end(null, `The application could not be started: ${error.message}`));
    child.once('close', (code, signal) =>
      end(code, `The application ended with ${signal ?? `exit code ${code}`}.`),
    );
  });
  for (const [stream, target] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      if (shown) target.write(chunk);
      lines.push(...chunk.split('\n'));
      lines.splice(0, lines.length - LAST_LINES);
      if (READY.test(stripVTControlCharacters(chunk))) markReady();
    });
  }

  return {
    ready: Promise.race([
      sawReady,
      ended.then(({ description }) => {
        throw new Error(description);
      }),
    ]),
    ended,
    show: () => {
      shown = true;
    },
    lastOutput,
    // Asked to end, a development server leaves a process of its own behind, and it has nothing to finish.
    stop: () => stop(child, args[0] === 'dev' ? 'SIGKILL' : 'SIGTERM'),
  };
}

async function stop(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const closed = once(child, 'close');
  signalGroup(child.pid, signal);
  const timer = setTimeout(() => signalGroup(child.pid ?? 0, 'SIGKILL'), GRACE_MS);
  await closed;
  clearTimeout(timer);
  // Workers that outlived their parent.
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 0) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left.
  }
}

/** @throws {Error} naming `PORT` when something listens there already. */
export async function assertPortIsFree(port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, 'localhost');
    await once(server, 'listening');
  } catch (error) {
    throw explainListenError(error as NodeJS.ErrnoException, port, 'PORT');
  } finally {
    server.close();
  }
}
