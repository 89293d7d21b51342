import { drain } from './drain';
import { processConfig } from './env';
import { processLifecycle } from './lifecycle';
import { processLogger } from './logger';
import { watchServers } from './open-servers';

/** A request waits for its sources no longer than its deadline. What it does after that takes no longer than this, in milliseconds. */
const SLACK_MS = 1_000;

/**
 * Lets SIGTERM and SIGINT end this process with code 0, and no request unanswered. SIGINT, which somebody at a terminal sends, gives
 * nobody time to notice.
 *
 * @throws {EnvironmentError} where the environment does not configure a gateway.
 */
export function drainOnSignals(): void {
  const { drainMs, timeoutMs } = processConfig();
  const servers = watchServers();
  const hurry = new AbortController();
  const lifecycle = processLifecycle();

  function end(): void {
    if (lifecycle.draining) return;
    void drain({
      lifecycle,
      servers,
      logger: processLogger(),
      graceMs: drainMs,
      hurry: hurry.signal,
      finishMs: timeoutMs + SLACK_MS,
    }).finally(() => process.exit(0));
  }
  process.on('SIGTERM', end);
  process.on('SIGINT', () => {
    hurry.abort();
    end();
  });
}
