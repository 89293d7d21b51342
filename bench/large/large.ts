import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../lifecycle/load';
import { startWorld } from '../speed/world';
import { bystander } from './bystander';
import { readLarge, startLargeSource } from './processes';
import type { Read } from './reading';
import type { Writing } from './titles';
import { type Health, startWatchedServer, type WatchedServer } from './watched-server';

const PATIENCE_MS = 30_000;

/** Between two looks at how much the process holds, in milliseconds. */
const LOOK_MS = 50;

/** How fast a slow reader reads, in bytes a second, and how many there are at a time. */
const [SLOW, SLOW_READERS] = [1024 * 1024, 4];

/** How much more may be held at the end than after warming up, in bytes: some three answers. */
const MOST_GROWTH = 32 * 1024 * 1024;

const LARGE = `{ externalData {
  one: tasks(first: 100) { edges { node { title } } }
  two: tasks(first: 100) { edges { node { title } } }
} }`;

/** What is noticed of one kind of load. */
export interface Phase {
  readonly name: string;
  /** The readers of large answers, together. */
  readonly answers: number;
  readonly medianMs: number;
  /** What the second client's answers took, in milliseconds. */
  readonly others: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly health: Health;
  /** The most that the process held meanwhile, in MB. */
  readonly peakMb: number;
}

export interface LargeReport {
  readonly answerBytes: number;
  readonly phases: readonly Phase[];
  /** Promises that were broken; empty where all is well. */
  readonly failures: readonly string[];
}

/** @param nodeArguments of the server. */
export async function measureLarge(
  writing: Writing,
  seconds: number,
  nodeArguments: readonly string[],
): Promise<LargeReport> {
  const [source, world] = [await startLargeSource(writing), await startWorld()];
  const server = await startWatchedServer({ ...world.variables, SUPABASE_URL: source.url }, nodeArguments);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${world.tokens.good}` };
  const large = { endpoint: server.endpoint, headers, body: JSON.stringify({ query: LARGE }) };
  try {
    const first = await send(server.endpoint, large, { patienceMs: PATIENCE_MS });
    checkFirst(first.text);
    const digest = createHash('sha256').update(String(first.status)).update(first.text).digest('hex');
    const failures: string[] = [];

    const phase = async (name: string, readers: number, bytesPerSecond: number): Promise<Phase> => {
      await server.health();
      const watch = peak(server);
      const reads = Promise.all(
        Array.from({ length: readers }, () => readLarge({ ...large, seconds, bytesPerSecond })),
      );
      const others = await bystander(server.endpoint, headers, world.viewer.id, seconds);
      const read = await reads;
      const health = await server.health();
      failures.push(...problemsOf(name, read, digest), ...others.problems);
      return {
        name,
        answers: read.reduce((sum, { digests }) => sum + (digests[digest] ?? 0), 0),
        medianMs: read[0]?.medianMs ?? 0,
        others,
        health,
        peakMb: await watch(),
      };
    };

    const phases = [
      await phase('warming up', 1, 0),
      await phase('quiet', 0, 0),
      await phase('one reader', 1, 0),
      await phase('slow readers', SLOW_READERS, SLOW),
    ];
    const [start, end] = [phases[0], phases.at(-1)].map((each) => each?.health.held ?? 0);
    const growth = (end ?? 0) - (start ?? 0);
    if (growth > MOST_GROWTH)
      failures.push(`What is held has grown by ${Math.round(growth / 1024 / 1024)} MB.`);
    return { answerBytes: Buffer.byteLength(first.text), phases, failures };
  } finally {
    await server.stop();
    source.stop();
    await world.close();
  }
}

/** @throws {Error} where it is none to judge others by. */
function checkFirst(text: string): void {
  const { data } = JSON.parse(text);
  for (const alias of ['one', 'two'])
    if (
      data?.externalData?.[alias]?.edges?.length !== 100 ||
      !data.externalData[alias].edges[99].node.title.startsWith('Task number 99.')
    )
      throw new Error(`The first answer is ${text.slice(0, 500)}`);
}

function problemsOf(name: string, reads: readonly Read[], digest: string): string[] {
  return reads.flatMap(({ digests, lost }) => [
    ...(lost > 0 ? [`${name}: ${lost} answers were lost.`] : []),
    ...(Object.keys(digests).some((each) => each !== digest)
      ? [`${name}: answers differ from the first.`]
      : []),
  ]);
}

/** The most that the server holds until the result is called. */
function peak(server: WatchedServer): () => Promise<number> {
  let most = 0;
  let over = false;
  const watching = (async () => {
    while (!over) {
      most = Math.max(most, server.rssMb() ?? 0);
      await pause(LOOK_MS);
    }
  })();
  return async () => {
    over = true;
    await watching;
    return most;
  };
}
