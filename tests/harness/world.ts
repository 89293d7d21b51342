import { importSPKI } from 'jose';
import { inject } from 'vitest';
import { type LocalClerk, type LocalClerkOptions, type MintOptions, startLocalClerk } from '../../dev/clerk';
import { APP_URL, gatewayVariables } from '../../dev/gateway-variables';
import { type LocalSupabase, startLocalSupabase } from '../../dev/supabase';
import { upstreamAt } from '../../dev/supabase/upstream';
import { createGateway, type Gateway, type GatewayOptions, parseEnv } from '../../gateway';
import { captureLog, type LogEntry } from './log';
import { overHttp, type ServedGateway } from './over-http';

export { APP_URL };

export const ENDPOINT_URL = `${APP_URL}/api/graphql`;

export interface World {
  readonly clerk: LocalClerk;
  readonly supabase: LocalSupabase;
  readonly gateway: Gateway;
  /** What the gateway has logged so far. */
  readonly log: readonly LogEntry[];
  /** Variables that configure the gateway. */
  readonly variables: Readonly<Record<string, string>>;
  /** A session token of a seeded user; `mint` says how it differs from an ordinary one. */
  token(user: string, mint?: Omit<MintOptions, 'user'>): Promise<string>;
  /** Another gateway in front of the same services. An empty variable counts as not set. */
  gatewayWith(variables: Readonly<Record<string, string>>, options?: Omit<GatewayOptions, 'logger'>): Gateway;
  close(): Promise<void>;
}

/**
 * A local Clerk, a local Supabase and a gateway of their own, on the database that all test files share. Its gateways are asked the
 * way that the test project says: as a function, or over HTTP.
 */
export async function startWorld(
  variables: Readonly<Record<string, string>> = {},
  clerkOptions: Partial<LocalClerkOptions> = {},
): Promise<World> {
  const sharedSecret = inject('sharedSecret');
  const clerk = await startLocalClerk({
    port: 0,
    appUrl: APP_URL,
    keys: inject('instanceKeys'),
    templateSecret: sharedSecret,
    ...clerkOptions,
  });
  // Not fetched from the local Clerk, which a test may tell to hang.
  const publicKey = await importSPKI(clerk.jwtKey, 'RS256');
  const supabase = await startLocalSupabase({
    port: 0,
    jwtSecret: sharedSecret,
    issuer: clerk.issuer,
    jwks: () => publicKey,
    engine: upstreamAt(inject('engineUrl')),
  });
  const all = {
    ...gatewayVariables(clerk, supabase),
    // Most tests look at one request, whatever others have left behind. Those of the caches switch them on.
    GATEWAY_CACHE_SECONDS: '0',
    GATEWAY_STALE_SECONDS: '0',
    GATEWAY_RATE_LIMIT: '0',
    // Over HTTP all of them come from one address.
    GATEWAY_ADDRESS_RATE_LIMIT: '0',
    ...variables,
  };
  const { logger, entries } = captureLog();
  const served: ServedGateway[] = [];
  const gatewayWith: World['gatewayWith'] = (changed, options) => {
    const gateway = createGateway(parseEnv({ ...all, ...changed }), { logger, ...options });
    if (inject('wayIn') === 'fetch') return gateway;
    const overNode = overHttp(gateway);
    served.push(overNode);
    return overNode;
  };
  return {
    clerk,
    supabase,
    gateway: gatewayWith({}),
    log: entries,
    variables: all,
    gatewayWith,
    token: (user, mint = {}) => clerk.mintSessionToken({ user: `${user}@example.com`, ...mint }),
    async close() {
      await Promise.all([clerk, supabase, ...served].map((one) => one.close()));
    },
  };
}
