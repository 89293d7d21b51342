import { GatehouseError } from '../../errors/gatehouse-error';
import { upstreamUnavailable } from '../../errors/upstream-errors';
import type { Directory } from '../ports';
import { type Authentication, authenticate } from './authenticate';
import { callClerk } from './call';
import { type ClerkConfig, createClient } from './client';
import { createDirectory } from './directory';
import { createMachineTokens, type Verification } from './machine-tokens';
import { parseToken } from './records';
import { createSigningKeys } from './signing-keys';

export type { Authentication } from './authenticate';
export type { ClerkConfig } from './client';

/** One Clerk instance, for the life of the process. */
export interface Clerk {
  /** See {@link authenticate}. */
  authenticate(headers: Headers, verification: Verification): Promise<Authentication>;
  /** The users and organizations of one request. */
  directory(signal: AbortSignal): Directory;
  /**
   * A token made from a JWT template for a session: one Backend API call.
   * @throws {GatehouseError} `RATE_LIMITED`, `UPSTREAM_TIMEOUT`, or `UPSTREAM_UNAVAILABLE`: also where there is no such template, or
   * the session has ended.
   */
  templateToken(sessionId: string, template: string, signal: AbortSignal): Promise<string>;
}

export function createClerk(config: ClerkConfig): Clerk {
  const client = createClient(config);
  const verifiers = {
    client,
    keys: createSigningKeys(config, client),
    machineTokens: createMachineTokens(client),
  };
  return {
    authenticate: (headers, verification) => authenticate(headers, verifiers, verification),
    directory: (signal) => createDirectory(client, signal),
    templateToken: (sessionId, template, signal) =>
      callClerk(signal, async () => parseToken(await client.sessions.getToken(sessionId, template))).catch(
        (error: unknown) => {
          // It is the token that is not there, and not what the caller asked for.
          throw error instanceof GatehouseError && error.code === 'NOT_FOUND'
            ? upstreamUnavailable('clerk', error.cause)
            : error;
        },
      ),
  };
}
