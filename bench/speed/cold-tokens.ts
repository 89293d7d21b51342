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
  [WARM_TOKEN]: 'the same, each time with the same token, measured right before',
};

/** Where it means something: the gateways, and what a verification takes at least. */
export const COLD_TOKEN_SERVERS: readonly ServerSpec[] = SERVERS.filter(
  ({ kind, name }) => kind === 'gateway' || name === 'node-verify' || name === 'node-token-cache',
);

const CONNECTIONS = 32;

/**
 * Measures requests with tokens that no server has seen before, and beside them the same with one that is known. The round before the first
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
      const results = await measureServer(bench, spec, unseen);
      if (round === 0) continue;
      for (const [operation, result] of Object.entries(results))
        measurements.add(operation, spec.name, CONNECTIONS, result);
    }
  }
}

async function measureServer(
  { world, fleet, generator, paces, viewerId }: Bench,
  spec: ServerSpec,
  unseen: readonly string[],
): Promise<Record<string, Sample>> {
  const { resumeMs, primeMs } = paces.others;
  const server = await fleet.server(spec, viewerId, world.viewer.id);
  const requests = requestsOf(viewerId, spec);
  const expected = await rightAnswer(server, requests, viewerId.judge);
  const load = { connections: CONNECTIONS, expected };
  return {
    [WARM_TOKEN]: await generator.run(server, {
      ...load,
      prime: { requests, ms: resumeMs + primeMs },
      measure: { requests, ms: paces.warmMs },
    }),
    [COLD_TOKEN]: await generator.run(server, {
      ...load,
      prime: { requests, ms: primeMs },
      measure: { requests: { ...requests, tokens: unseen }, count: unseen.length },
    }),
  };
}
