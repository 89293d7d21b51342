import { setTimeout as pause } from 'node:timers/promises';
import { load, rehearse, send } from './load';
import { Judge, type Operation, operationsOf } from './operations';
import { type ProductionServer, startServer } from './production-server';
import { between, seededRandom } from './random';
import { failuresOf, growthFailures, memoryLine, type Report } from './report';
import type { ServiceName, Services } from './services';

const WORKERS = 8;

/** Short, so that many requests meet it. */
const DEADLINE_MS = 2_000;

/** The deadline, and generous slack for a busy machine, in milliseconds. */
const PATIENCE_MS = DEADLINE_MS + 8_000;

/** How long everything is well before and after, in milliseconds. */
const CALM_MS = 3_000;

/** By then nothing is held any more by the timers of what failed last, in milliseconds. */
const SETTLE_MS = 5_000;

/** How long the gateway may take to be its old self once everything is well, in milliseconds. */
const RECOVERY_MS = 20_000;

export interface ChaosOptions {
  readonly services: Services;
  readonly seconds: number;
  readonly seed: number;
  /** How many ask at the same time. */
  readonly workers?: number;
}

/**
 * Kills and restarts the services a gateway depends on, at random and by themselves: each answer has to be right or say why not, in
 * time, and afterwards the same process answers as before.
 */
export async function chaos({ services, seconds, seed, workers = WORKERS }: ChaosOptions): Promise<Report> {
  const server = await startServer({
    ...services.variables,
    GATEWAY_TIMEOUT_MS: String(DEADLINE_MS),
    // Every request reaches for its sources.
    GATEWAY_CACHE_SECONDS: '0',
    GATEWAY_STALE_SECONDS: '0',
    // Every failure would be a line.
    GATEWAY_LOG_LEVEL: 'fatal',
  });
  try {
    const [judge, operations] = [new Judge(), operationsOf(services.users)];
    await rehearse(server.endpoint, operations, judge, PATIENCE_MS);
    const run = (until: AbortSignal) =>
      load({
        endpoint: () => server.endpoint,
        operations,
        judge,
        random: seededRandom(seed),
        workers,
        patienceMs: PATIENCE_MS,
        until,
      });
    const before = await run(AbortSignal.timeout(CALM_MS));
    const start = await server.memory();

    const over = new AbortController();
    const running = run(over.signal);
    const kills = await Promise.all(
      (['clerk', 'supabase'] as const).map((name, index) =>
        killAtRandom(services, name, seededRandom(seed + index + 1), Date.now() + seconds * 1_000),
      ),
    );
    over.abort();
    const tally = await running;

    const recoveryMs = await recovery(server, operations, judge);
    const after = await run(AbortSignal.timeout(CALM_MS));
    await pause(SETTLE_MS);
    const end = await server.memory();
    return {
      tally,
      lines: [
        `killed    Clerk ${kills[0]} times, Supabase ${kills[1]} times, seed ${seed}`,
        recoveryMs === undefined ? 'recovered never' : `recovered after ${recoveryMs} ms`,
        memoryLine('at the start', start),
        memoryLine('at the end', end),
      ],
      failures: [
        ...[before, tally, after].flatMap(failuresOf),
        ...(kills.includes(0) ? ['A service was never killed.'] : []),
        ...(recoveryMs === undefined ? [`It had not recovered after ${RECOVERY_MS} ms.`] : []),
        ...growthFailures(start, end),
      ],
    };
  } finally {
    server.kill('SIGKILL');
    await server.ended;
  }
}

/** Leaves the service running. */
async function killAtRandom(
  services: Services,
  name: ServiceName,
  random: () => number,
  until: number,
): Promise<number> {
  let kills = 0;
  while (Date.now() < until) {
    await pause(between(random, 200, 1_500));
    await services.kill(name);
    kills += 1;
    await pause(between(random, 100, 1_500));
    await services.start(name);
  }
  return kills;
}

/** Milliseconds until each operation was answered in full. */
async function recovery(
  { endpoint }: ProductionServer,
  operations: readonly Operation[],
  judge: Judge,
): Promise<number | undefined> {
  const since = performance.now();
  while (performance.now() - since < RECOVERY_MS) {
    const verdicts = await Promise.all(
      operations.map(async (operation) =>
        judge.judge(operation, await send(endpoint, operation, { patienceMs: PATIENCE_MS })),
      ),
    );
    if (verdicts.every(({ kind }) => kind === 'right')) return Math.round(performance.now() - since);
    await pause(100);
  }
  return undefined;
}
