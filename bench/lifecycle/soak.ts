import { load, rehearse } from './load';
import { Judge, operationsOf } from './operations';
import { startServer } from './production-server';
import { seededRandom } from './random';
import { failuresOf, growthFailures, memoryLine, type Report } from './report';
import type { Services } from './services';

const WORKERS = 8;

/** A request's deadline and more than enough on top, in milliseconds. */
const PATIENCE_MS = 15_000;

/** Between two lines of progress, in milliseconds. */
const STEP_MS = 60_000;

/** Caches are filled and code is compiled by then, in milliseconds; in a short run a sixth of it has to do. */
const WARM_UP_MS = 30_000;

export interface SoakOptions {
  readonly services: Services;
  readonly seconds: number;
  readonly seed: number;
  /** Called now and then with a line. */
  readonly progress: (line: string) => void;
}

/** Asks a server that has nothing to complain of for a long time: every answer has to be right, and memory flat. */
export async function soak({ services, seconds, seed, progress }: SoakOptions): Promise<Report> {
  const server = await startServer(services.variables);
  try {
    const [judge, operations] = [new Judge(), operationsOf(services.users)];
    await rehearse(server.endpoint, operations, judge, PATIENCE_MS);
    const run = (ms: number) =>
      load({
        endpoint: () => server.endpoint,
        operations,
        judge,
        random: seededRandom(seed),
        workers: WORKERS,
        patienceMs: PATIENCE_MS,
        until: AbortSignal.timeout(ms),
      });
    const warmUpMs = Math.min(WARM_UP_MS, (seconds * 1_000) / 6);
    const warmUp = await run(warmUpMs);
    const start = await server.memory();
    progress(memoryLine('warmed up', start));
    const since = Date.now();
    const timer = setInterval(() => {
      const minutes = Math.round((Date.now() - since) / 60_000);
      void server.memory().then((memory) => progress(memoryLine(`after ${minutes} min`, memory)));
    }, STEP_MS);
    const tally = await run(seconds * 1_000 - warmUpMs).finally(() => clearInterval(timer));
    const end = await server.memory();
    return {
      tally,
      lines: [memoryLine('at the start', start), memoryLine('at the end', end)],
      failures: [
        ...failuresOf(warmUp),
        ...failuresOf(tally),
        ...unexpectedCodes(tally.byCode),
        ...growthFailures(start, end),
      ],
    };
  } finally {
    server.kill('SIGKILL');
    await server.ended;
  }
}

/** Nothing is down: whoever is refused here was sent to be refused. */
function unexpectedCodes(byCode: Readonly<Record<string, number>>): string[] {
  return Object.entries(byCode)
    .filter(([code]) => code !== 'UNAUTHENTICATED' && code !== 'TOKEN_INVALID')
    .map(([code, count]) => `${count} answers had the code ${code} although nothing was down.`);
}
