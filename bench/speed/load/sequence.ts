import { median } from '../median';
import type { Connection } from './connection';
import { onTheWire, type Requests } from './requests';
import type { Received } from './response-reader';

/** Requests, with status and size that every answer to them has to have. */
export interface Ask {
  readonly requests: Requests;
  readonly expected: Received;
}

/** What became of a sequence. */
export interface SequenceResult {
  /** Answers per second. Of several turns, the median: a full collection of garbage meets one in twenty, whosever it was. */
  readonly rps: number;
  /** Half of the answers took this long at most, in milliseconds, and 99 % of them. */
  readonly p50: number;
  readonly p99: number;
}

/** Requests in their order, from the first again after the last, and what their answers took, in one turn or several. */
export class Sequence {
  readonly #expected: Received;
  readonly #requests: readonly Buffer[];
  readonly #times: number[] = [];
  /** Answers per millisecond, in each turn. */
  readonly #rates: number[] = [];
  #answersBeforeTurn = 0;
  /** Requests that were sent so far. */
  sent = 0;
  /** What the turns took so far, in milliseconds. */
  ms = 0;

  constructor({ requests, expected }: Ask, port: number) {
    this.#requests = onTheWire(requests, port);
    this.#expected = expected;
  }

  /** Answers that count so far. */
  get answers(): number {
    return this.#times.length;
  }

  /** Sends the next request. @throws {Error} where the answer is not as expected, or the connection breaks. */
  async askNext(connection: Connection): Promise<void> {
    const request = this.#requests[this.sent % this.#requests.length];
    if (request === undefined) throw new Error('There is nothing to send.');
    this.sent += 1;
    const received = await connection.ask(request);
    if (received.status !== this.#expected.status || received.bodyBytes !== this.#expected.bodyBytes)
      throw new Error(
        `An answer is ${JSON.stringify(received)}, and should be ${JSON.stringify(this.#expected)}.`,
      );
  }

  /** The answer to a request counts that was sent then, in milliseconds of `performance.now()`. */
  count(sentAt: number): void {
    this.#times.push(performance.now() - sentAt);
  }

  /** Ends a turn, which took so many milliseconds. */
  endTurn(ms: number): void {
    this.#rates.push((this.answers - this.#answersBeforeTurn) / ms);
    this.#answersBeforeTurn = this.answers;
    this.ms += ms;
  }

  /** @throws {Error} where no answer counts. */
  result(): SequenceResult {
    if (this.answers === 0) throw new Error('No answer came in time.');
    const sorted = Float64Array.from(this.#times).sort();
    return {
      rps: median(this.#rates) * 1_000,
      p50: percentile(sorted, 0.5),
      p99: percentile(sorted, 0.99),
    };
  }
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
