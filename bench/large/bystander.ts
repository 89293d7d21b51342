import { Agent } from 'node:http';
import { createHistogram } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../lifecycle/load';

/** Between two requests, in milliseconds: it arrives at any time of the server's turns. */
const THINK_MS = 3;

const PATIENCE_MS = 30_000;

export interface Bystander {
  /** What answers took, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly problems: readonly string[];
}

/** A client with small questions, one at a time. */
export async function bystander(
  endpoint: string,
  headers: Readonly<Record<string, string>>,
  viewerId: string,
  seconds: number,
): Promise<Bystander> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = createHistogram();
  const body = JSON.stringify({ query: '{ viewer { id } }' });
  let wrong = 0;
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until) {
    const startedAt = performance.now();
    const { text } = await send(endpoint, { body, headers }, { agent, patienceMs: PATIENCE_MS });
    times.record(Math.max(1, Math.round((performance.now() - startedAt) * 1_000)));
    if (JSON.parse(text).data?.viewer?.id !== viewerId) wrong += 1;
    await pause(Math.random() * 2 * THINK_MS);
  }
  agent.destroy();
  const ms = (percent: number) => times.percentile(percent) / 1_000;
  return {
    p50: ms(50),
    p99: ms(99),
    max: ms(100),
    problems: wrong > 0 ? [`${wrong} small answers were wrong.`] : [],
  };
}
