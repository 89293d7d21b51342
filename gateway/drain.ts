import type { Lifecycle } from './lifecycle';
import type { Logger } from './logger';
import type { OpenServers } from './open-servers';

/** How often to look whether everything is answered, in milliseconds. */
const LOOK_MS = 25;

/** So long has nothing to be running: a request may have arrived and not begun. In milliseconds. */
const QUIET_MS = 100;

export interface DrainOptions {
  readonly lifecycle: Lifecycle;
  readonly servers: OpenServers;
  readonly logger: Logger;
  /** How long to go on accepting, in milliseconds. */
  readonly graceMs: number;
  /** Cuts that short. */
  readonly hurry: AbortSignal;
  /** How long to wait for running requests after that, in milliseconds. */
  readonly finishMs: number;
}

/** Answers what there is to answer, and ends everything else. The process may exit afterwards. */
export async function drain(options: DrainOptions): Promise<void> {
  const { lifecycle, servers, logger, graceMs, hurry, finishMs } = options;
  lifecycle.drain();
  servers.closeConnections();
  logger.info({ graceMs, running: servers.running }, 'draining');
  await pause(graceMs, hurry);
  servers.stopAccepting();
  await quiet(servers, performance.now() + finishMs);
  if (servers.running > 0) logger.warn({ running: servers.running }, 'requests were cut off');
  servers.cut();
  logger.info({}, 'drained');
}

async function quiet(servers: OpenServers, until: number): Promise<void> {
  let quietSince = performance.now();
  while (performance.now() < until) {
    await pause(LOOK_MS);
    if (servers.running > 0) quietSince = performance.now();
    else if (performance.now() - quietSince >= QUIET_MS) return;
  }
}

function pause(ms: number, hurry?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (hurry?.aborted) return resolve();
    setTimeout(resolve, ms);
    hurry?.addEventListener('abort', () => resolve(), { once: true });
  });
}
