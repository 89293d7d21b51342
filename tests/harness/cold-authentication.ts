import { vi } from 'vitest';
import { PUBLISHABLE_KEY, SECRET_KEY } from '../../dev/clerk/instance';
import { GatehouseError } from '../../errors/gatehouse-error';
import { authenticate } from '../../sources/clerk/authenticate';
import { createBackendApi } from '../../sources/clerk/backend-api';
import { createClient } from '../../sources/clerk/client';
import { createMachineTokens } from '../../sources/clerk/machine-tokens';
import { createOrdinarySessions } from '../../sources/clerk/ordinary-sessions';
import type { SigningKeys } from '../../sources/clerk/signing-keys';
import type { Conditions, VerifiedSession } from '../../sources/clerk/verified-sessions';
import { deadlineIn } from '../../sources/deadline';
import type { Auth, Entitlement } from '../../sources/ports';

/** Authentication that remembers nothing: each token is new to it. */
export interface ColdAuthentication {
  /** All that can be seen of it: who sends the headers, with all they may do and how long it holds, or why they are refused. */
  outcomeOf(
    headers: Readonly<Record<string, string>>,
    authorizedParties: readonly string[],
  ): Promise<Outcome>;
  /** How often Clerk's SDK was asked for a verdict so far. */
  sdkCalls(): number;
}

export type Outcome =
  | { readonly accepted: true; readonly session: unknown }
  | {
      readonly accepted: false;
      readonly error: { readonly code: string } & Readonly<Record<string, unknown>>;
    };

const CONFIG = {
  secretKey: SECRET_KEY,
  publishableKey: PUBLISHABLE_KEY,
  // Nothing listens there: whatever is asked of the Backend API fails.
  apiUrl: 'http://127.0.0.1:9',
  callsPerWindow: 1_000,
  recordCache: { freshMs: 0, staleMs: 0 },
  timeoutMs: 1_000,
  webhookSecret: undefined,
};

/** @param judges who judges session tokens: Clerk's SDK all of them, or those that are not ordinary. */
export function coldAuthentication(
  keys: SigningKeys,
  judges: 'SDK' | 'SDK for the rest',
): ColdAuthentication {
  const client = createClient(CONFIG);
  const asked = vi.spyOn(client, 'authenticateRequest');
  const api = createBackendApi(CONFIG.callsPerWindow, CONFIG.timeoutMs);
  let kept: VerifiedSession | undefined;
  const verifiers = {
    client,
    keys,
    machineTokens: createMachineTokens(client, api),
    ordinarySessions: judges === 'SDK' ? undefined : createOrdinarySessions(),
    sessions: {
      find: () => undefined,
      keep(_digest: string, _conditions: Conditions, session: VerifiedSession) {
        kept = session;
      },
    },
  };
  return {
    async outcomeOf(headers, authorizedParties) {
      kept = undefined;
      try {
        const verification = { authorizedParties, address: null, deadline: deadlineIn(1_000), observe() {} };
        const { auth, sessionToken } = await authenticate(new Headers(headers), verifiers, verification);
        const { tokenRange, validity } = { tokenRange: null, validity: null, ...(kept ?? {}) };
        return { accepted: true, session: { ...plain(auth), sessionToken, tokenRange, validity } };
      } catch (error) {
        return { accepted: false, error: described(error) };
      }
    },
    sdkCalls: () => asked.mock.calls.length,
  };
}

/** One of each that made-up tokens may grant, and more. */
const ENTITLEMENTS: readonly Entitlement[] = [
  ...['org:admin', 'admin', 'org:member', ''].map((role) => ({ role })),
  ...['org:users:read', 'org:users:update', 'org:invoices:read', 'users:read'].map((permission) => ({
    permission,
  })),
  ...['org:users', 'user:export', 'both', 'too', 'users', 'x:y', ''].map((feature) => ({ feature })),
  ...['user:pro', 'org:team', 'all', 'pro', 'bad'].map((plan) => ({ plan })),
  ...(['first_factor', 'second_factor', 'multi_factor'] as const).flatMap((level) =>
    [1, 4, 60].map((afterMinutes) => ({ reverification: { level, afterMinutes } })),
  ),
];

/** Everything that can be read of it, with the answers of its function. */
function plain(auth: Auth): Readonly<Record<string, unknown>> {
  return auth.kind === 'user' ? { ...auth, has: ENTITLEMENTS.map((one) => auth.has(one)) } : { ...auth };
}

function described(error: unknown) {
  if (error instanceof GatehouseError)
    return { code: error.code, message: error.message, details: error.details };
  return error instanceof Error
    ? { code: 'NONE', name: error.name, message: error.message }
    : { code: 'NONE', thrown: error };
}
