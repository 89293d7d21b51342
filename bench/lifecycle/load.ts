import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Judge, Operation, Reply } from './operations';
import { between } from './random';
import { Tally } from './tally';

/** What a worker waits between two requests at most, in milliseconds: a load and no siege. */
const THINK_MS = 20;

export interface LoadOptions {
  /** Where the next request is sent. */
  readonly endpoint: () => string;
  readonly operations: readonly Operation[];
  readonly judge: Judge;
  readonly random: () => number;
  readonly workers: number;
  /** How long an answer may take before it counts as lost, in milliseconds. */
  readonly patienceMs: number;
  /** Ends the load: requests that are running are waited for. */
  readonly until: AbortSignal;
}

/** Sends operations over connections that are kept alive, one after the other in each worker, and judges the replies. */
export async function load(options: LoadOptions): Promise<Tally> {
  const { endpoint, operations, judge, random, workers, patienceMs, until } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: workers });
  const tally = new Tally();

  async function work(): Promise<void> {
    while (!until.aborted) {
      const operation = operations[between(random, 0, operations.length - 1)];
      if (operation === undefined) throw new Error('There is nothing to send.');
      const startedAt = performance.now();
      try {
        const reply = await send(endpoint(), operation, { agent, patienceMs });
        tally.answered(judge.judge(operation, reply), performance.now() - startedAt);
      } catch (error) {
        tally.lost(
          `${operation.name} after ${Math.round(performance.now() - startedAt)} ms: ${String(error)}`,
        );
      }
      await pause(between(random, 0, THINK_MS));
    }
  }

  await Promise.all(Array.from({ length: workers }, work));
  agent.destroy();
  return tally;
}

/** Sends each operation once while everything is well, for the judge to learn. */
export async function rehearse(
  endpoint: string,
  operations: readonly Operation[],
  judge: Judge,
  patienceMs: number,
): Promise<void> {
  for (const operation of operations) judge.learn(operation, await send(endpoint, operation, { patienceMs }));
}

/** A request as it is sent. */
interface SentRequest extends Pick<Operation, 'body' | 'headers'> {
  /** Default: POST. */
  readonly method?: 'GET' | 'POST';
}

/** Rejects where the connection breaks, or no whole answer comes in time. */
export function send(
  endpoint: string,
  { method = 'POST', body, headers }: SentRequest,
  { agent, patienceMs }: { readonly agent?: Agent; readonly patienceMs: number },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      endpoint,
      {
        method,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(patienceMs),
        ...(agent === undefined ? {} : { agent }),
      },
      async (response) => {
        try {
          let text = '';
          for await (const chunk of response.setEncoding('utf8')) text += chunk;
          resolve({ status: response.statusCode ?? 0, text });
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
