import type { Siege, SiegeOptions } from './besiege';
import { send } from './load';
import { Tally } from './tally';

const PATIENCE_MS = 15_000;

async function attack({ endpoint, attack: { refused, ...operation }, ms }: SiegeOptions): Promise<Siege> {
  const tally = new Tally();
  const until = AbortSignal.timeout(ms);
  while (!until.aborted) {
    const startedAt = performance.now();
    try {
      const { status, text } = await send(endpoint, operation, { patienceMs: PATIENCE_MS });
      const why = `${operation.name}: ${status} ${text.slice(0, 200)}`;
      tally.answered(
        refused.includes(status) ? { kind: 'right', codes: [] } : { kind: 'wrong', why },
        performance.now() - startedAt,
      );
    } catch (error) {
      tally.lost(`${operation.name}: ${String(error)}`);
    }
  }
  return { medianMs: tally.percentile(50), slowestMs: tally.percentile(100), failures: tally.examples };
}

process.once('message', async (options) => {
  process.send?.(await attack(options as SiegeOptions));
  process.disconnect();
});
