import { createPublicKey } from 'node:crypto';
import type { ClerkClient } from '@clerk/backend';
import { z } from 'zod';
import { inFlight } from '../in-flight';
import type { BackendApi } from './backend-api';
import type { ClerkConfig } from './client';
import { type Waiting, waitFor } from './wait';

/** An unknown key id makes the gateway ask Clerk for its keys no more often than this. */
const REFRESH_INTERVAL_MS = 30_000;

/** After this the keys are asked for again, so that a key withdrawn by Clerk is not trusted for ever. */
const MAX_AGE_MS = 60 * 60_000;

const jwks = z.object({
  keys: z.array(z.object({ kid: z.string(), kty: z.literal('RSA'), n: z.string(), e: z.string() })),
});

/** The public keys that the instance signs with. */
export interface SigningKeys {
  /**
   * The key, PEM, for one of the key ids that a request's tokens name; `undefined` where the instance has none
   * of them.
   * @throws {GatehouseError} `UPSTREAM_UNAVAILABLE`, `UPSTREAM_TIMEOUT` or `RATE_LIMITED` when Clerk does not give its keys.
   */
  find(keyIds: readonly string[], request: Waiting): Promise<string | undefined>;
}

/** Keys from the configuration: verification never touches the network. */
export function configuredKeys(jwtKey: string): SigningKeys {
  return { find: () => Promise.resolve(jwtKey) };
}

/** Keys from Clerk's Backend API, kept in memory. Made-up key ids cost a bounded number of calls. */
export function remoteKeys(client: ClerkClient, api: BackendApi): SigningKeys {
  let keys: ReadonlyMap<string, string> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  const refreshing = inFlight<void>();

  async function refresh(): Promise<void> {
    const answer = await api.sharedRead(async () => jwks.parse(await client.jwks.getJwks()));
    keys = new Map(answer.keys.map(({ kid, n, e }) => [kid, toPem(n, e)]));
    fetchedAt = Date.now();
  }

  return {
    async find(keyIds, request) {
      const known = () => keyIds.map((id) => keys.get(id)).find((pem) => pem !== undefined);
      const age = Date.now() - fetchedAt;
      const hit = known();
      if (hit === undefined ? age < REFRESH_INTERVAL_MS : age < MAX_AGE_MS) return hit;
      try {
        await waitFor(request, 'keys', () => refreshing('keys', refresh));
      } catch (error) {
        // An old key is as good as before while Clerk cannot be asked.
        if (hit === undefined) throw error;
      }
      return known();
    },
  };
}

export function createSigningKeys(config: ClerkConfig, client: ClerkClient, api: BackendApi): SigningKeys {
  return config.jwtKey === undefined ? remoteKeys(client, api) : configuredKeys(config.jwtKey);
}

function toPem(n: string, e: string): string {
  return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}
