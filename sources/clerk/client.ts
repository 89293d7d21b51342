import { type ClerkClient, createClerkClient } from '@clerk/backend';
import type { RecordCacheOptions } from './record-cache';

/** What it takes to talk to a Clerk instance. */
export interface ClerkConfig {
  readonly secretKey: string;
  readonly publishableKey: string;
  /** The instance's public key, PEM. Without it the key is fetched from Clerk when the first token arrives. */
  readonly jwtKey?: string | undefined;
  /** Base URL of the Backend API, without `/v1`. Default: Clerk's own. */
  readonly apiUrl?: string | undefined;
  /** Calls of the Backend API in 10 s, below Clerk's own limit for the instance. */
  readonly callsPerWindow: number;
  /** How long users and organizations are remembered. */
  readonly recordCache: RecordCacheOptions;
  /** How long a request waits at most, in milliseconds. */
  readonly timeoutMs: number;
  /** Signs the instance's webhooks, `whsec_…`; undefined: none are taken. */
  readonly webhookSecret: string | undefined;
}

/** The SDK does not read `CLERK_API_URL` and `CLERK_JWT_KEY` by itself: everything is passed. */
export function createClient({ secretKey, publishableKey, apiUrl }: ClerkConfig): ClerkClient {
  return createClerkClient({
    secretKey,
    publishableKey,
    ...(apiUrl === undefined ? {} : { apiUrl }),
    telemetry: { disabled: true },
  });
}
