import { fileURLToPath } from 'node:url';
import { printBanner } from './runner/banner';
import { type Mode, type PreviewServer, readSettings } from './runner/settings';
import { Stack } from './runner/stack';
import { red, say } from './runner/terminal';

const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** What may stand on the command line. */
const RUNS: Readonly<Record<string, readonly [Mode, PreviewServer]>> = {
  dev: ['dev', 'next'],
  preview: ['preview', 'next'],
  'preview --serve': ['preview', 'serve'],
  'preview --serve-pages': ['preview', 'serve-pages'],
};

/** How often to look whether the parent process is still there, in milliseconds. */
const PARENT_CHECK_MS = 250;

const stack = new Stack();

/** Ends what runs, then the process. A message comes last, where it is seen. */
async function end(exitCode: number, message?: string): Promise<never> {
  await stack.stop();
  if (message !== undefined) process.stderr.write(`\n${red('✗')} ${message}\n`);
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    say('\nStopping …');
    void end(0);
  });
// npm ends its shell and not us: whoever started this is gone then, and nobody would stop what runs here.
const startedBy = process.ppid;
setInterval(() => {
  if (process.ppid !== startedBy) void end(0);
}, PARENT_CHECK_MS).unref();
// The local services run in this process: their crash is one of it.
process.once('uncaughtException', (error) => void end(1, `A local service crashed: ${error.stack}`));

/** `dev/main.ts dev | preview [--serve | --serve-pages]`: the application with every service it needs, until Ctrl-C. */
async function main(): Promise<void> {
  const run = RUNS[process.argv.slice(2).join(' ')];
  if (run === undefined)
    throw new Error('Usage: npm run dev, or npm run preview [-- --serve | --serve-pages].');
  const settings = readSettings(...run, PROJECT_FOLDER);
  const application = await stack.start(settings, PROJECT_FOLDER);
  const hasPages = settings.server !== 'serve';
  printBanner(`http://localhost:${settings.ports.app}`, {
    hasPages,
    clerk: stack.services?.clerk ?? null,
    projectFolder: PROJECT_FOLDER,
  });
  application.show();
  const { description } = await application.ended;
  await end(1, description);
}

main().catch((error: unknown) => end(1, error instanceof Error ? error.message : String(error)));
