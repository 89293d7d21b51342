import { connect, type Socket } from 'node:net';
import { onTheWire, type Requests } from './requests';
import { type Received, ResponseReader } from './response-reader';

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
export async function load({
  port,
  connections,
  prime,
  measure,
  expected,
}: LoadOptions): Promise<LoadResult> {
  const priming = onTheWire(prime.requests, port);
  const measured = onTheWire(measure.requests, port);
  const most = 'count' in measure ? measure.count : Number.POSITIVE_INFINITY;

  const sockets: Socket[] = [];
  let [requests, sent, answered] = [priming, 0, 0];
  let times: number[] = [];
  let [startedAt, endedAt] = [0, 0];
  let cpu = process.cpuUsage();
  let tooLate: NodeJS.Timeout | undefined;

  await new Promise<void>((resolve, reject) => {
    function end(): void {
      endedAt = performance.now();
      cpu = process.cpuUsage(cpu);
      resolve();
    }

    function begin(): void {
      [requests, sent, answered, times] = [measured, 0, 0, []];
      startedAt = performance.now();
      cpu = process.cpuUsage();
      if ('ms' in measure) setTimeout(end, measure.ms);
    }

    for (let index = 0; index < connections; index += 1) {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      const reader = new ResponseReader();
      let sentAt = 0;
      let isMeasured = false;

      function sendNext(): void {
        const next = requests[sent % requests.length];
        if (next === undefined) throw new Error('There is nothing to send.');
        sent += 1;
        isMeasured = requests === measured;
        sentAt = performance.now();
        socket.write(next);
      }

      socket.on('connect', sendNext);
      socket.on('data', (chunk) => {
        try {
          const received = reader.read(chunk);
          if (received === undefined) return;
          if (received.status !== expected.status || received.bodyBytes !== expected.bodyBytes)
            throw new Error(
              `An answer is ${JSON.stringify(received)}, and should be ${JSON.stringify(expected)}.`,
            );
          // Of so many requests only these count. Of a time, whatever is answered in it: what was under way when it began stands for what is
          // when it ends.
          if (isMeasured || (requests === measured && 'ms' in measure)) {
            answered += 1;
            times.push(performance.now() - sentAt);
          }
          if (requests === measured && answered === most) end();
          else if (requests === priming || sent < most) sendNext();
        } catch (error) {
          reject(error);
        }
      });
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('The server closed a connection.')));
      sockets.push(socket);
    }
    setTimeout(begin, prime.ms);
    const ms = prime.ms + PATIENCE_MS + ('ms' in measure ? measure.ms : 0);
    tooLate = setTimeout(() => reject(new Error('The server does not answer.')), ms);
  }).finally(() => {
    clearTimeout(tooLate);
    for (const socket of sockets) socket.removeAllListeners('close').destroy();
  });

  if (answered === 0) throw new Error('No answer came in time.');
  const seconds = (endedAt - startedAt) / 1_000;
  const sorted = Float64Array.from(times).sort();
  return {
    rps: answered / seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    generatorCpu: (cpu.user + cpu.system) / 1_000_000 / seconds,
  };
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
