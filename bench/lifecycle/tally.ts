import { createHistogram } from 'node:perf_hooks';
import type { Verdict } from './operations';

/** Examples of what went wrong that are kept. */
const EXAMPLES = 5;

/** What became of the requests of a load. */
export class Tally {
  readonly #times = createHistogram();
  readonly #byCode = new Map<string, number>();
  readonly #wrong: string[] = [];
  readonly #lost: string[] = [];
  #requests = 0;
  #wrongCount = 0;
  #lostCount = 0;

  get requests(): number {
    return this.#requests;
  }

  /** By error code, those that were expected included. */
  get byCode(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#byCode].sort());
  }

  /** Answers that were neither right nor said why not. */
  get wrong(): number {
    return this.#wrongCount;
  }

  /** Requests without an answer: refused, cut off, or later than anybody waits. */
  get lostRequests(): number {
    return this.#lostCount;
  }

  /** What went wrong, for a message; the first few. */
  get examples(): readonly string[] {
    return [...this.#wrong, ...this.#lost];
  }

  answered(verdict: Verdict, ms: number): void {
    this.#requests += 1;
    this.#times.record(Math.max(1, Math.round(ms * 1_000)));
    if (verdict.kind === 'wrong') {
      this.#wrongCount += 1;
      if (this.#wrong.length < EXAMPLES) this.#wrong.push(`wrong: ${verdict.why}`);
      return;
    }
    for (const code of verdict.codes) this.#byCode.set(code, (this.#byCode.get(code) ?? 0) + 1);
  }

  lost(why: string): void {
    this.#requests += 1;
    this.#lostCount += 1;
    if (this.#lost.length < EXAMPLES) this.#lost.push(`lost: ${why}`);
  }

  /** Time that so many percent of the answers took at most, in milliseconds. 100: the slowest. */
  percentile(percent: number): number {
    return this.#times.percentile(percent) / 1_000;
  }

  toString(): string {
    const ms = (percent: number) => `${this.percentile(percent).toFixed(1)} ms`;
    const codes = Object.entries(this.byCode).map(([code, count]) => `  ${code.padEnd(22)} ${count}`);
    return [
      `requests  ${this.#requests}, of them wrong ${this.#wrongCount}, lost ${this.#lostCount}`,
      `answers   p50 ${ms(50)}, p99 ${ms(99)}, slowest ${ms(100)}`,
      `errors by code${codes.length === 0 ? ': none' : ''}`,
      ...codes,
      ...this.examples,
    ].join('\n');
  }
}
