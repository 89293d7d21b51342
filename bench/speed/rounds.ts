import { rightAnswer } from './ask';
import type { Bench } from './bench';
import type { Requests } from './load/requests';
import type { Received } from './load/response-reader';
import { type Operation, requestsOf } from './operations';
import type { Pace } from './pace';
import type { RunningServer } from './running-server';
import { LIST_SERVER } from './servers';

/** With so many, a slow server takes longer until it is at its usual pace, and answers each of them less often. */
const MANY_CONNECTIONS = 256;

/** With so many a server has the most to do, and is warm the soonest. */
const WARM_UP_CONNECTIONS = 32;

/** What one server is sent, and has to answer. */
interface ServerLoad {
  readonly operation: Operation;
  readonly server: RunningServer;
  readonly requests: Requests;
  readonly expected: Received;
}

/**
 * Measures operations on all servers that have them, in rounds: each round measures every server, so that what else the machine does meets
 * all of them, and each is primed right before, since one that was idle is cold. Operations that are to be compared are measured in the
 * same rounds, on each server one right after the other.
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
      for (const connections of concurrenciesOf(bench, load.operation)) {
        const stretch = connections >= MANY_CONNECTIONS ? 2 : 1;
        const primeMs = resumeMs + pace.primeMs * stretch;
        await measure(bench, load, connections, primeMs, pace.measureMs * stretch);
        resumeMs = 0;
      }
    }
  }
}

function concurrenciesOf({ paces }: Bench, { concurrencies }: Operation): readonly number[] {
  return paces.onlyConnections === undefined ? concurrencies : [paces.onlyConnections];
}

/** Every server with each of the operations that it has, by server. */
async function startAll(bench: Bench, operations: readonly Operation[]): Promise<ServerLoad[]> {
  const { world, fleet, viewerId, includes } = bench;
  const specs = new Set(operations.flatMap(({ servers }) => servers));
  const loads = [];
  for (const spec of specs)
    for (const operation of operations) {
      if (!includes(spec.name) || !operation.servers.includes(spec)) continue;
      const [first, secret] = spec === LIST_SERVER ? [operation, 'item_'] : [viewerId, world.viewer.id];
      const server = await fleet.server(spec, first, secret);
      const requests = requestsOf(operation, spec);
      const expected = await rightAnswer(server, requests, operation.judge);
      loads.push({ operation, server, requests, expected });
    }
  return loads;
}

async function warmUp(
  { generator }: Bench,
  { server, requests, expected }: ServerLoad,
  { warmUpMs, warmUpRequests }: Pace,
): Promise<void> {
  await generator.run(server, {
    connections: WARM_UP_CONNECTIONS,
    prime: { requests, ms: warmUpMs },
    measure: { requests, count: warmUpRequests },
    expected,
  });
}

async function measure(
  { world, generator, measurements }: Bench,
  { operation: { name, asksSource }, server, requests, expected }: ServerLoad,
  connections: number,
  primeMs: number,
  measureMs: number,
): Promise<void> {
  // Forgets what others have asked.
  if (asksSource) await world.source.ownTime();
  const result = await generator.run(server, {
    connections,
    prime: { requests, ms: primeMs },
    measure: { requests, ms: measureMs },
    expected,
  });
  measurements.add(name, server.spec.name, connections, {
    ...result,
    ...(asksSource ? { sourceMs: await world.source.ownTime() } : {}),
  });
}
