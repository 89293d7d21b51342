import { Connection } from './connection';
import { type Ask, Sequence, type SequenceResult } from './sequence';

/** Sent before anything is measured, for so many milliseconds: a server that was idle is cold. */
export type Prime = Ask & { readonly ms: number };

/** What is measured: requests for so many milliseconds, or so many of them. */
export type Measure = Ask & ({ readonly ms: number } | { readonly count: number });

/** What is asked of the load generator. */
export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  /** One after the other. */
  readonly primes: readonly Prime[];
  /** Several take turns over the same connections, until one of them had its time or its number of requests. */
  readonly measures: readonly Measure[];
}

/** What was measured. */
export interface LoadResult extends SequenceResult {
  /** Share of its core that the load generator itself has used, from 0 to 1. Near 1, it is what was measured. */
  readonly generatorCpu: number;
}

/** How long a load may take at most on top of what it was told, in milliseconds: a server that hangs must not hang the run. */
const PATIENCE_MS = 60_000;

/**
 * How long a turn is, in milliseconds: long enough for a server to collect garbage several times, and so short that what else the machine
 * does meets all that take turns.
 */
const TURN_MS = 100;

/**
 * Sends requests over connections that are kept alive, on each the next one as soon as the last was answered.
 * @returns one result for each of the measures.
 * @throws {Error} where an answer is wrong, a connection breaks, or the server does not answer.
 */
export async function load(options: LoadOptions): Promise<LoadResult[]> {
  const { port, connections: count, primes, measures } = options;
  const connections: Connection[] = [];
  const told = [...primes, ...measures].map((each) => ('ms' in each ? each.ms : 0));
  const patienceMs = told.reduce((sum, ms) => sum + ms, PATIENCE_MS);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The server does not answer.')), patienceMs);
  });

  async function run(): Promise<LoadResult[]> {
    const before = primes.map((prime) => ({ ...prime, sequence: new Sequence(prime, port) }));
    const measured = measures.map((measure) => ({ ...measure, sequence: new Sequence(measure, port) }));
    const [first] = before;
    const [only, ...others] = measured;
    if (first === undefined || only === undefined) throw new Error('There is nothing to send.');
    await open(connections, port, count, first.sequence);
    const generatorCpu =
      before.length === 1 && others.length === 0
        ? await atOnce(connections, first, only)
        : await inTurns(connections, before, measured);
    return measured.map(({ sequence }) => ({ ...sequence.result(), generatorCpu }));
  }

  try {
    return await Promise.race([run(), tooLate]);
  } finally {
    clearTimeout(timer);
    for (const connection of connections) connection.close();
  }
}

type Primed = Prime & { readonly sequence: Sequence };
type Measured = Measure & { readonly sequence: Sequence };

/**
 * Node accepts one connection in a turn of its event loop. Were all opened at once and used, a slow server would get to the last of them
 * after seconds, and until then answer the first ones only.
 */
async function open(connections: Connection[], port: number, count: number, first: Sequence): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const connection = new Connection(port);
    connections.push(connection);
    await first.askNext(connection);
  }
}

/**
 * Asks on every connection until there is nothing more to ask. Ends with the last answer: what is still under way would keep the server from
 * the next one who measures.
 */
async function keepAsking(
  connections: readonly Connection[],
  next: () => Sequence | undefined,
  answered: (sequence: Sequence, sentAt: number) => void,
): Promise<void> {
  await Promise.all(
    connections.map(async (connection) => {
      for (let sequence = next(); sequence !== undefined; sequence = next()) {
        const sentAt = performance.now();
        await sequence.askNext(connection);
        answered(sequence, sentAt);
      }
    }),
  );
}

/**
 * Priming goes over into what is measured: from a standstill all connections would ask at the same moment.
 * @returns share of its core that this process has used.
 */
async function atOnce(connections: readonly Connection[], prime: Primed, measure: Measured): Promise<number> {
  const { sequence } = measure;
  const most = mostOf(measure);
  let phase: 'priming' | 'measuring' | 'over' = 'priming';
  let startedAt = Number.POSITIVE_INFINITY;
  let cpu = process.cpuUsage();

  function begin(): void {
    [phase, startedAt] = ['measuring', performance.now()];
    cpu = process.cpuUsage();
    if ('ms' in measure) setTimeout(end, measure.ms);
  }

  function end(): void {
    phase = 'over';
    sequence.endTurn(performance.now() - startedAt);
    cpu = process.cpuUsage(cpu);
  }

  setTimeout(begin, prime.ms);
  await keepAsking(
    connections,
    () => {
      if (phase === 'priming') return prime.sequence;
      return phase === 'measuring' && sequence.sent < most ? sequence : undefined;
    },
    (asked, sentAt) => {
      // Of so many requests only these count. Of a time, whatever is answered in it: what was under way when it began stands for what is
      // when it ends.
      if (phase !== 'measuring' || (asked !== sequence && 'count' in measure)) return;
      sequence.count(sentAt);
      if (sequence.answers === most) end();
    },
  );
  return shareOf(cpu, sequence.ms);
}

/**
 * What is compared takes turns, each from the first request to the last answer, so that no request of one is answered in the time of another.
 * @returns share of its core that this process has used.
 */
async function inTurns(
  connections: readonly Connection[],
  primes: readonly Primed[],
  measures: readonly Measured[],
): Promise<number> {
  async function turn(
    { sequence }: Primed | Measured,
    ms: number,
    most = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    const startedAt = performance.now();
    await keepAsking(
      connections,
      () => (performance.now() - startedAt < ms && sequence.sent < most ? sequence : undefined),
      (_, sentAt) => sequence.count(sentAt),
    );
    sequence.endTurn(performance.now() - startedAt);
  }

  for (const prime of primes) await turn(prime, prime.ms);
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const isOver = (measure: Measured) =>
    'ms' in measure ? measure.sequence.ms >= measure.ms : measure.sequence.sent >= measure.count;
  while (!measures.some(isOver))
    for (const measure of measures) await turn(measure, TURN_MS, mostOf(measure));
  return shareOf(process.cpuUsage(cpu), performance.now() - startedAt);
}

function mostOf(measure: Measure): number {
  return 'count' in measure ? measure.count : Number.POSITIVE_INFINITY;
}

function shareOf({ user, system }: NodeJS.CpuUsage, ms: number): number {
  return (user + system) / 1_000 / ms;
}
