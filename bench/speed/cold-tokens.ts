import { rightAnswer } from './ask';
import type { Bench } from './bench';
import { requestsOf } from './operations';
import { SERVERS, type ServerSpec } from './servers';

/** Names of what is measured here. */
export const COLD_TOKEN = 'cold-token';
export const WARM_TOKEN = 'warm-token';

export const COLD_TOKEN_ABOUT = {
  [COLD_TOKEN]: '`{ viewer { id } }`, each time with a token that was never seen before',
  [WARM_TOKEN]: 'the same, each time with the same token, measured right before',
};

/** Where it means something: the gateways, and what a verification takes at least. */
export const COLD_TOKEN_SERVERS: readonly ServerSpec[] = SERVERS.filter(
  ({ kind, name }) => kind === 'gateway' || name === 'node-verify' || name === 'node-token-cache',
);

const CONNECTIONS = 32;

/** Measures requests with tokens that no server has seen before, and beside them the same with one that is known. */
export async function measureColdTokens(bench: Bench): Promise<void> {
  const { world, fleet, generator, paces, measurements, viewerId, includes, tokens, progress } = bench;
  const { rounds, primeMs } = paces.others;
  const count = paces.coldRequests;
  for (let round = 1; round <= rounds; round += 1) {
    progress(`${COLD_TOKEN}, round ${round} of ${rounds}: ${count} requests each`);
    const unseen = tokens.slice((round - 1) * count, round * count);
    for (const spec of COLD_TOKEN_SERVERS.filter(({ name }) => includes(name))) {
      const server = await fleet.server(spec, viewerId, world.viewer.id);
      const requests = requestsOf(viewerId, spec);
      const expected = await rightAnswer(server, requests, viewerId.judge);
      for (const [operation, measured] of [
        [WARM_TOKEN, requests],
        [COLD_TOKEN, { ...requests, tokens: unseen }],
      ] as const)
        measurements.add(
          operation,
          spec.name,
          CONNECTIONS,
          await generator.run(server, {
            connections: CONNECTIONS,
            prime: { requests, ms: primeMs },
            measure: { requests: measured, count },
            expected,
          }),
        );
    }
  }
}
