import { rightAnswer } from './ask';
import type { Bench } from './bench';
import type { Ask } from './load/sequence';
import { type Operation, requestsOf } from './operations';
import type { Pace } from './pace';
import type { RunningServer } from './running-server';
import { LIST_SERVER } from './servers';

/** With so many, a slow server takes longer until it is at its usual pace, and answers each of them a few times in a second at most. */
const MANY_CONNECTIONS = 256;

/** With so many a server has the most to do, and is warm the soonest. */
const WARM_UP_CONNECTIONS = 32;

/** What one server is sent, and has to answer. */
interface ServerLoad {
  readonly server: RunningServer;
  /** Several are compared with each other. */
  readonly asks: readonly (Ask & { readonly operation: Operation })[];
}

/**
 * Measures an operation on all servers that have it, or several that are to be compared, in rounds: each round measures every server, so
 * that what else the machine does meets all of them, and each is primed right before, since one that was idle is cold. Operations that are
 * compared take turns in this.
 */
export async function measureOperations(bench: Bench, operations: readonly Operation[]): Promise<void> {
  const { paces, viewerId, progress } = bench;
  const name = operations.map((operation) => operation.name).join(' and ');
  const pace = operations.includes(viewerId) ? paces.main : paces.others;
  const loads = await startAll(bench, operations);
  progress(`${name}: warming up`);
  for (const load of loads) await warmUp(bench, load, pace);
  for (let round = 1; round <= pace.rounds; round += 1) {
    progress(`${name}, round ${round} of ${pace.rounds}`);
    for (const load of loads) {
      let { resumeMs } = pace;
      for (const connections of concurrenciesOf(bench, operations)) {
        const [primeStretch, stretch] = connections >= MANY_CONNECTIONS ? [2, 4] : [1, 1];
        const primeMs = resumeMs + pace.primeMs * primeStretch;
        await measure(bench, load, connections, primeMs, pace.measureMs * stretch);
        resumeMs = 0;
      }
    }
  }
}

function concurrenciesOf({ paces }: Bench, operations: readonly Operation[]): readonly number[] {
  return paces.onlyConnections === undefined
    ? [...new Set(operations.flatMap(({ concurrencies }) => concurrencies))]
    : [paces.onlyConnections];
}

/** Every server that has any of the operations, with those that it has. */
async function startAll(bench: Bench, operations: readonly Operation[]): Promise<ServerLoad[]> {
  const { world, fleet, viewerId, includes } = bench;
  const specs = new Set(operations.flatMap(({ servers }) => servers));
  const loads = [];
  for (const spec of specs) {
    const own = operations.filter(({ servers }) => servers.includes(spec));
    const [operation] = own;
    if (operation === undefined || !includes(spec.name)) continue;
    const [first, secret] = spec === LIST_SERVER ? [operation, 'item_'] : [viewerId, world.viewer.id];
    const server = await fleet.server(spec, first, secret);
    const asks = [];
    for (const each of own) {
      const requests = requestsOf(each, spec);
      asks.push({ operation: each, requests, expected: await rightAnswer(server, requests, each.judge) });
    }
    loads.push({ server, asks });
  }
  return loads;
}

async function warmUp(
  { generator }: Bench,
  { server, asks }: ServerLoad,
  { warmUpMs, warmUpRequests }: Pace,
): Promise<void> {
  for (const { requests, expected } of asks)
    await generator.run(server, {
      connections: WARM_UP_CONNECTIONS,
      prime: { requests, expected, ms: warmUpMs },
      measure: { requests, expected, count: warmUpRequests },
    });
}

async function measure(
  { world, generator, measurements, paces }: Bench,
  { server, asks }: ServerLoad,
  connections: number,
  primeMs: number,
  measureMs: number,
): Promise<void> {
  const asksSource = asks.some(({ operation }) => operation.asksSource);
  // Forgets what others have asked.
  if (asksSource) await world.source.ownTime();
  const ms = asks.length > 1 ? paces.comparedMs : measureMs;
  const samples = await generator.compare(server, {
    connections,
    primes: asks.map(({ requests, expected }) => ({ requests, expected, ms: primeMs })),
    measures: asks.map(({ requests, expected }) => ({ requests, expected, ms })),
  });
  const ofSource = asksSource ? { sourceMs: await world.source.ownTime() } : {};
  for (const [index, { operation }] of asks.entries()) {
    const sample = samples[index];
    if (sample !== undefined)
      measurements.add(operation.name, server.spec.name, connections, { ...sample, ...ofSource });
  }
}
