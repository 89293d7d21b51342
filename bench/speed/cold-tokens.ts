import { rightAnswer } from './ask';
import type { Bench } from './bench';
import type { Sample } from './measurements';
import { requestsOf } from './operations';
import { SERVERS, type ServerSpec } from './servers';

/** Names of what is measured here. */
export const COLD_TOKEN = 'cold-token';
export const WARM_TOKEN = 'warm-token';

export const COLD_TOKEN_ABOUT = {
  [COLD_TOKEN]: '`{ viewer { id } }`, each time with a token that was never seen before',
  [WARM_TOKEN]: 'the same, each time with the same token, in turns with it',
};

/** Where it means something: the gateways, and what a verification takes at least. */
export const COLD_TOKEN_SERVERS: readonly ServerSpec[] = SERVERS.filter(
  ({ kind, name }) => kind === 'gateway' || name === 'node-verify' || name === 'node-token-cache',
);

const CONNECTIONS = 32;

/**
 * Measures requests with tokens that no server has seen before, in turns with the same with one that is known. The round before the first
 * is for what is compiled on the way.
 */
export async function measureColdTokens(bench: Bench): Promise<void> {
  const { paces, measurements, includes, tokens, progress } = bench;
  const { rounds } = paces.others;
  const count = paces.coldRequests;
  for (let round = 0; round <= rounds; round += 1) {
    progress(`${COLD_TOKEN}: ${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}, ${count} tokens`);
    const unseen = tokens.slice(round * count, (round + 1) * count);
    for (const spec of COLD_TOKEN_SERVERS.filter(({ name }) => includes(name))) {
      const [warm, cold] = await measureServer(bench, spec, unseen);
      if (round === 0 || warm === undefined || cold === undefined) continue;
      measurements.add(WARM_TOKEN, spec.name, CONNECTIONS, warm);
      measurements.add(COLD_TOKEN, spec.name, CONNECTIONS, cold);
    }
  }
}

/** With the token that is known, and with those that are not. */
async function measureServer(
  { world, fleet, generator, paces, viewerId }: Bench,
  spec: ServerSpec,
  unseen: readonly string[],
): Promise<readonly Sample[]> {
  const { resumeMs, primeMs } = paces.others;
  const server = await fleet.server(spec, viewerId, world.viewer.id);
  const requests = requestsOf(viewerId, spec);
  const expected = await rightAnswer(server, requests, viewerId.judge);
  return generator.compare(server, {
    connections: CONNECTIONS,
    primes: [{ requests, expected, ms: resumeMs + primeMs }],
    measures: [
      { requests, expected, ms: paces.comparedMs },
      { requests: { ...requests, tokens: unseen }, expected, count: unseen.length },
    ],
  });
}
