import type { ClerkClient } from '@clerk/backend';
import { z } from 'zod';
import { GatehouseError } from '../../errors/gatehouse-error';
import type { Deadline } from '../deadline';
import type { BackendApi } from './backend-api';

const keys = z.object({ keys: z.array(z.unknown()) });

/**
 * Asks the Backend API for the instance's public keys, which is about the least that it can be asked for.
 * @throws {GatehouseError} where it does not give them. That it, or our own budget, has had enough is no such failure.
 */
export async function probeBackendApi(
  client: ClerkClient,
  api: BackendApi,
  deadline: Deadline,
): Promise<void> {
  try {
    await api.call('read', deadline, async () => keys.parse(await client.jwks.getJwks()));
  } catch (error) {
    if (!(error instanceof GatehouseError && error.code === 'RATE_LIMITED')) throw error;
  }
}
