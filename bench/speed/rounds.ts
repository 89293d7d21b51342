import { rightAnswer } from './ask';
import type { Bench } from './bench';
import type { Requests } from './load/requests';
import type { Received } from './load/response-reader';
import { type Operation, requestsOf } from './operations';
import type { RunningServer } from './running-server';
import { LIST_SERVER } from './servers';

/** With so many, a slow server takes longer until it is at its usual pace, and in Next some connections wait for as long as others go on. */
const MANY_CONNECTIONS = 256;

/** What one server is sent, and has to answer. */
interface ServerLoad {
  readonly server: RunningServer;
  readonly requests: Requests;
  readonly expected: Received;
}

/**
 * Measures an operation on all servers that have it, in rounds: each round measures every server, so that what else the machine does meets
 * all of them, and each is primed right before, since one that was idle is cold.
 */
export async function measureOperation(bench: Bench, operation: Operation): Promise<void> {
  const { paces, viewerId, progress } = bench;
  const { rounds, warmUpMs, primeMs, measureMs } = operation === viewerId ? paces.main : paces.others;
  const concurrencies =
    paces.onlyConnections === undefined ? operation.concurrencies : [paces.onlyConnections];
  const loads = await startAll(bench, operation);
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${operation.name}, round ${round} of ${rounds}: ${loads.length} servers`);
    for (const load of loads)
      for (const [index, connections] of concurrencies.entries()) {
        const isFirst = round === 1 && index === 0;
        const stretch = connections >= MANY_CONNECTIONS ? 2 : 1;
        await measure(bench, operation, load, {
          connections,
          primeMs: (isFirst ? warmUpMs : 0) + primeMs * stretch,
          measureMs: measureMs * stretch,
        });
      }
  }
}

async function startAll(bench: Bench, operation: Operation): Promise<ServerLoad[]> {
  const { world, fleet, viewerId, includes } = bench;
  const loads = [];
  for (const spec of operation.servers.filter(({ name }) => includes(name))) {
    const [first, secret] = spec === LIST_SERVER ? [operation, 'item_'] : [viewerId, world.viewer.id];
    const server = await fleet.server(spec, first, secret);
    const requests = requestsOf(operation, spec);
    loads.push({ server, requests, expected: await rightAnswer(server, requests, operation.judge) });
  }
  return loads;
}

async function measure(
  { world, generator, measurements }: Bench,
  { name, asksSource }: Operation,
  { server, requests, expected }: ServerLoad,
  { connections, primeMs, measureMs }: Record<'connections' | 'primeMs' | 'measureMs', number>,
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
