import { setTimeout as pause } from 'node:timers/promises';
import { load, rehearse } from './load';
import { Judge, operationsOf } from './operations';
import { type ProductionServer, startServer } from './production-server';
import { seededRandom } from './random';
import { failuresOf, type Report } from './report';
import type { Services } from './services';
import { Switchboard } from './switchboard';

const WORKERS = 12;

/** How long a server goes on accepting: several times as long as the switchboard takes to notice. In milliseconds. */
const GRACE_MS = 1_500;

/** A request's deadline and more than enough on top, in milliseconds. */
const PATIENCE_MS = 15_000;

/** How long servers serve together, or one alone, in milliseconds. */
const STEADY_MS = 1_000;

export interface RollingRestartOptions {
  readonly services: Services;
  /** Servers are replaced, one after the other, until so many seconds have passed; one is replaced at least. */
  readonly seconds: number;
  readonly seed: number;
  /** How many ask at the same time. */
  readonly workers?: number;
}

/**
 * Replaces servers under load, as a deployment does: the new one is ready, the old one gets SIGTERM, and what balances the load goes by
 * readiness. No request may be lost.
 */
export async function rollingRestart(options: RollingRestartOptions): Promise<Report> {
  const { services, seconds, seed, workers = WORKERS } = options;
  const variables = { ...services.variables, GATEWAY_DRAIN_MS: String(GRACE_MS) };
  const switchboard = new Switchboard();
  const over = new AbortController();
  const running = new Set<ProductionServer>();
  const failures: string[] = [];

  async function start(): Promise<ProductionServer> {
    const server = await startServer(variables);
    running.add(server);
    return server;
  }

  async function replace(old: ProductionServer): Promise<ProductionServer> {
    const next = await start();
    switchboard.add(next);
    await pause(STEADY_MS);
    old.kill('SIGTERM');
    const code = await old.ended;
    running.delete(old);
    if (code !== 0) failures.push(`A server ended with code ${code}:\n${old.output()}`);
    if (switchboard.isServing(old)) failures.push('A server ended before it was known not to be ready.');
    switchboard.remove(old);
    await pause(STEADY_MS);
    return next;
  }

  try {
    let server = await start();
    const [judge, operations] = [new Judge(), operationsOf(services.users)];
    await rehearse(server.endpoint, operations, judge, PATIENCE_MS);
    switchboard.add(server);
    const loading = load({
      endpoint: () => switchboard.pick(),
      operations,
      judge,
      random: seededRandom(seed),
      workers,
      patienceMs: PATIENCE_MS,
      until: over.signal,
    });
    const until = Date.now() + seconds * 1_000;
    let replaced = 0;
    do {
      server = await replace(server);
      replaced += 1;
    } while (Date.now() < until);
    over.abort();
    const tally = await loading;
    return { tally, lines: [`replaced  ${replaced} servers`], failures: [...failures, ...failuresOf(tally)] };
  } finally {
    over.abort();
    switchboard.close();
    for (const server of running) {
      server.kill('SIGKILL');
      await server.ended;
    }
  }
}
