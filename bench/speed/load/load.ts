import { Connection } from './connection';
import { onTheWire, type Requests } from './requests';
import type { Received } from './response-reader';

/** What is asked of the load generator. */
export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  /** Sent before anything is measured, for so many milliseconds: a server that was idle is cold. */
  readonly prime: { readonly requests: Requests; readonly ms: number };
  /** What is measured: requests for so many milliseconds, or so many of them. */
  readonly measure: { readonly requests: Requests } & ({ readonly ms: number } | { readonly count: number });
  /** Status and size that every answer has to have. */
  readonly expected: Received;
}

/** What was measured. */
export interface LoadResult {
  /** Answers per second. */
  readonly rps: number;
  /** Half of the answers took this long at most, in milliseconds, and 99 % of them. */
  readonly p50: number;
  readonly p99: number;
  /** Share of its core that the load generator itself has used, from 0 to 1. Near 1, it is what was measured. */
  readonly generatorCpu: number;
}

/** How long a load may take at most on top of what it was told, in milliseconds: a server that hangs must not hang the run. */
const PATIENCE_MS = 60_000;

/** Sends requests over connections that are kept alive, on each the next one as soon as the last was answered. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const connections: Connection[] = [];
  const { prime, measure } = options;
  const patienceMs = prime.ms + PATIENCE_MS + ('ms' in measure ? measure.ms : 0);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The server does not answer.')), patienceMs);
  });
  try {
    return await Promise.race([run(options, connections), tooLate]);
  } finally {
    clearTimeout(timer);
    for (const connection of connections) connection.close();
  }
}

async function run(
  { port, connections: count, prime, measure, expected }: LoadOptions,
  connections: Connection[],
): Promise<LoadResult> {
  const priming = onTheWire(prime.requests, port);
  const measured = onTheWire(measure.requests, port);
  const most = 'count' in measure ? measure.count : Number.POSITIVE_INFINITY;
  let phase: 'priming' | 'measuring' | 'over' = 'priming';
  let [sent, times, startedAt, endedAt]: [number, number[], number, number] = [0, [], 0, 0];
  let cpu = process.cpuUsage();

  function begin(): void {
    [phase, sent, startedAt] = ['measuring', 0, performance.now()];
    cpu = process.cpuUsage();
    if ('ms' in measure) setTimeout(end, measure.ms);
  }

  function end(): void {
    [phase, endedAt] = ['over', performance.now()];
    cpu = process.cpuUsage(cpu);
  }

  async function ask(connection: Connection): Promise<void> {
    const requests = phase === 'priming' ? priming : measured;
    const request = requests[sent % requests.length];
    if (request === undefined) throw new Error('There is nothing to send.');
    sent += 1;
    const received = await connection.ask(request);
    if (received.status !== expected.status || received.bodyBytes !== expected.bodyBytes)
      throw new Error(`An answer is ${JSON.stringify(received)}, and should be ${JSON.stringify(expected)}.`);
  }

  /** Ends with an answer: what is still under way would keep the server from the next one who measures. */
  async function keepAsking(connection: Connection): Promise<void> {
    while (phase === 'priming' || (phase === 'measuring' && sent < most)) {
      const phaseThen = phase;
      const sentAt = performance.now();
      await ask(connection);
      // Of so many requests only these count. Of a time, whatever is answered in it: what was under way when it began stands for what is
      // when it ends.
      if (phase !== 'measuring' || (phaseThen !== phase && 'count' in measure)) continue;
      times.push(performance.now() - sentAt);
      if (times.length === most) end();
    }
  }

  // Node accepts one connection in a turn of its event loop. Were all opened at once and used, a slow server would get to the last of them
  // after seconds, and until then answer the first ones only.
  for (let index = 0; index < count; index += 1) {
    const connection = new Connection(port);
    connections.push(connection);
    await ask(connection);
  }
  setTimeout(begin, prime.ms);
  await Promise.all(connections.map(keepAsking));

  if (times.length === 0) throw new Error('No answer came in time.');
  const seconds = (endedAt - startedAt) / 1_000;
  const sorted = Float64Array.from(times).sort();
  return {
    rps: times.length / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    generatorCpu: (cpu.user + cpu.system) / 1_000_000 / seconds,
  };
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
