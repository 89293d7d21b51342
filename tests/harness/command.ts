import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { lookForLeaks } from './leaks';

export const PROJECT_FOLDER = fileURLToPath(new URL('../..', import.meta.url));

/** A command of package.json that is running, in a process group of its own as in a terminal. */
export interface Command {
  /** What it has printed so far, on both streams, without colours. */
  output(): string;
  /** Resolves when it has printed what matches; rejects, with its output, when it ends before. */
  printed(pattern: RegExp): Promise<void>;
  /** Resolves with its exit code when it has ended and closed its output. */
  readonly ended: Promise<number | null>;
  /** What Ctrl-C does: every process in the terminal's group gets the signal. */
  interrupt(): void;
  /** Only the process that was started gets the signal. */
  kill(signal: NodeJS.Signals): void;
  /** Ids of the processes that it started and that are still there. */
  processes(): Promise<{ readonly pid: number; readonly command: string }[]>;
}

/** Runs `npm run <script>` with nothing of the gateway's in its environment but what is given. */
export function runScript(
  script: string,
  args: readonly string[] = [],
  variables: Readonly<Record<string, string>> = {},
): Command {
  const mark = randomUUID();
  const child = spawn('npm', ['run', script, ...(args.length > 0 ? ['--', ...args] : [])], {
    cwd: PROJECT_FOLDER,
    env: { ...cleanEnvironment(), ...variables, TEST_MARK: mark },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'close').then(([code]) => {
    // A command that prints a token is there to print it.
    if (script !== 'token') lookForLeaks(`npm run ${script}`, output);
    return code as number | null;
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += stripVTControlCharacters(chunk);
    });
  return {
    output: () => output,
    ended,
    printed: (pattern) => printed(child, ended, () => output, pattern),
    interrupt: () => process.kill(-(child.pid ?? 0), 'SIGINT'),
    kill: (signal) => child.kill(signal),
    processes: () => marked(mark),
  };
}

function printed(
  child: ChildProcess,
  ended: Promise<unknown>,
  output: () => string,
  pattern: RegExp,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (pattern.test(output())) resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    look();
    ended.then(() => reject(new Error(`It ended without printing ${pattern}:\n${output()}`)));
  });
}

/** The environment of this process without what configures a gateway, and without a test runner's marks. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(CLERK_|NEXT_|SUPABASE_|HTTP_API_|GRAPHQL_API_|GATEWAY_|LOCAL_|PORT$|NODE_ENV$|VITEST|TEST$|NODE_OPTIONS$)/.test(
          name,
        ),
    ),
  ) as NodeJS.ProcessEnv;
}

/** Processes that inherited the mark. Linux tells; elsewhere only the ports show that nothing is left. */
async function marked(mark: string): Promise<{ pid: number; command: string }[]> {
  const entries = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    entries
      .filter((name) => /^\d+$/.test(name))
      .map(async (pid) => {
        const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
        if (!environment.includes(`TEST_MARK=${mark}`)) return [];
        const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        return [{ pid: Number(pid), command: command.replaceAll('\0', ' ').trim() }];
      }),
  );
  return found.flat();
}
