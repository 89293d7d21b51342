import { rightAnswer } from './ask';
import type { Bench } from './bench';
import { requestsOf } from './operations';
import { SERVERS, type ServerSpec } from './servers';

/** Name of what is measured here. */
export const COLD_TOKEN = 'cold-token';

export const COLD_TOKEN_ABOUT = '`{ viewer { id } }`, each time with a token that was never seen before';

/** Where it means something: the gateways, and what a verification takes at least. */
export const COLD_TOKEN_SERVERS: readonly ServerSpec[] = SERVERS.filter(
  ({ kind, name }) => kind === 'gateway' || name === 'node-verify',
);

const CONNECTIONS = 32;

/** Measures requests with tokens that no server has seen before. */
export async function measureColdTokens(bench: Bench): Promise<void> {
  const { world, fleet, generator, paces, measurements, viewerId, includes, tokens, progress } = bench;
  const { rounds, primeMs } = paces.others;
  const count = paces.coldRequests;
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${COLD_TOKEN}, round ${round} of ${rounds}: ${count} requests each`);
    for (const spec of COLD_TOKEN_SERVERS.filter(({ name }) => includes(name))) {
      const server = await fleet.server(spec, viewerId, world.viewer.id);
      const requests = requestsOf(viewerId, spec);
      const unseen = tokens.slice((round - 1) * count, round * count);
      const result = await generator.run(server, {
        connections: CONNECTIONS,
        prime: { requests, ms: primeMs },
        measure: { requests: { ...requests, tokens: unseen }, count },
        expected: await rightAnswer(server, requests, viewerId.judge),
      });
      measurements.add(COLD_TOKEN, spec.name, CONNECTIONS, result);
    }
  }
}
