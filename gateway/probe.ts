import type { SourceName } from '../errors/upstream-errors';
import { type Deadline, deadlineIn, withinDeadline } from '../sources/deadline';
import type { Logger } from './logger';

/** The longest that a probe waits, in milliseconds. */
const PROBE_MS = 1_000;

/** How long its outcome is believed, in milliseconds. */
const BELIEVED_MS = 3_000;

/** Whether a source answers. Never rejects. */
export type Check = () => Promise<boolean>;

/**
 * Asks a source now and then, however often and by how many it is asked for: who comes while it is being asked waits for
 * the same outcome, who comes soon after gets it. The log learns of every change.
 *
 * @param probe fails where the source does not answer as it should.
 */
export function createCheck(
  source: SourceName,
  probe: (deadline: Deadline) => Promise<void>,
  logger: Logger,
): Check {
  let last = true;
  let outcome: Promise<boolean> | undefined;
  let staleAt = 0;

  async function ask(): Promise<boolean> {
    const deadline = deadlineIn(PROBE_MS);
    try {
      await withinDeadline(source, deadline.signal, () => probe(deadline));
      if (!last) logger.info({ source }, 'source is up again');
      last = true;
    } catch (error) {
      if (last) logger.warn({ source, error }, 'source is down');
      last = false;
    }
    staleAt = performance.now() + BELIEVED_MS;
    return last;
  }

  return () => {
    if (outcome === undefined || performance.now() >= staleAt) {
      // Nobody asks a second time before the answer is there.
      staleAt = Number.POSITIVE_INFINITY;
      outcome = ask();
    }
    return outcome;
  };
}
