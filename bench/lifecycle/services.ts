import { randomBytes } from 'node:crypto';
import { importSPKI } from 'jose';
import { generateInstanceKeys, type LocalClerk, startLocalClerk } from '../../dev/clerk';
import { SEED_USERS } from '../../dev/clerk/seed';
import { freePort } from '../../dev/free-port';
import { APP_URL, gatewayVariables } from '../../dev/gateway-variables';
import { type LocalSupabase, startLocalSupabase } from '../../dev/supabase';
import { startEngine } from '../../dev/supabase/engine';
import type { UpstreamFetch } from '../../dev/supabase/upstream';

const DAY_S = 86_400;
const USERS = 3;

export type ServiceName = 'clerk' | 'supabase';

/** Somebody with a name, a few tasks and a token that lives for a day. */
export interface LoadUser {
  readonly id: string;
  readonly firstName: string;
  readonly token: string;
}

/** A local Clerk and a local Supabase that can be killed and started again, at the same address and with the same data. */
export interface Services {
  /** Variables that configure a gateway in front of them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly users: readonly LoadUser[];
  /** Those that are running. */
  readonly clerk: LocalClerk;
  readonly supabase: LocalSupabase;
  /** Ends every connection at once. */
  kill(name: ServiceName): Promise<void>;
  start(name: ServiceName): Promise<void>;
  close(): Promise<void>;
}

export interface ServicesOptions {
  /** A database that somebody else runs, and the secret it was started with. Default: one of its own. */
  readonly engine?: { readonly fetch: UpstreamFetch; readonly jwtSecret: string };
}

export async function startServices(options: ServicesOptions = {}): Promise<Services> {
  const jwtSecret = options.engine?.jwtSecret ?? randomBytes(32).toString('hex');
  const own = options.engine === undefined ? await startEngine({ jwtSecret }) : undefined;
  const engine = options.engine?.fetch ?? own?.fetch;
  const keys = await generateInstanceKeys();
  const ports = { clerk: await freePort(), supabase: await freePort() };
  // Others may use the same database.
  const run = randomBytes(6).toString('hex');
  const ids = Array.from({ length: USERS }, (_, index) => `user_2load${run}${index}`);

  async function startClerk(): Promise<LocalClerk> {
    const clerk = await startLocalClerk({
      port: ports.clerk,
      appUrl: APP_URL,
      keys,
      templateSecret: jwtSecret,
    });
    const pattern = patternOf(clerk);
    for (const [index, id] of ids.entries())
      clerk.state.apply({
        type: 'user.created',
        user: {
          ...pattern,
          id,
          email: `load${index}@example.com`,
          emailId: `idn_${id}`,
          firstName: nameOf(index),
        },
      });
    return clerk;
  }

  let clerk = await startClerk();
  const publicKey = await importSPKI(clerk.jwtKey, 'RS256');
  const startSupabase = (): Promise<LocalSupabase> =>
    startLocalSupabase({
      port: ports.supabase,
      jwtSecret,
      issuer: clerk.issuer,
      jwks: () => publicKey,
      ...(engine === undefined ? {} : { engine }),
    });
  let supabase = await startSupabase();

  const users = await Promise.all(
    ids.map(async (id, index) => ({
      id,
      firstName: nameOf(index),
      token: await clerk.mintSessionToken({ user: patternOf(clerk).id, ttl: DAY_S, claims: { sub: id } }),
    })),
  );
  for (const user of users) await insertTasks(supabase, user);

  return {
    variables: {
      ...gatewayVariables(clerk, supabase),
      // The local Clerk has no limits.
      GATEWAY_CLERK_BUDGET: '100000',
      // A few users stand for many.
      GATEWAY_RATE_LIMIT: '0',
    },
    users,
    get clerk() {
      return clerk;
    },
    get supabase() {
      return supabase;
    },
    kill: (name) => (name === 'clerk' ? clerk : supabase).close(),
    async start(name) {
      if (name === 'clerk') clerk = await startClerk();
      else supabase = await startSupabase();
    },
    async close() {
      await Promise.all([clerk.close(), supabase.close()]);
      await own?.close();
    },
  };
}

const nameOf = (index: number) => `Load ${index}`;

function patternOf({ state }: LocalClerk) {
  const pattern = state.state.users.find(({ id }) => id === SEED_USERS[0]?.id);
  if (pattern === undefined) throw new Error('The local Clerk has no users.');
  return pattern;
}

async function insertTasks({ url, anonKey }: LocalSupabase, { firstName, token }: LoadUser): Promise<void> {
  const response = await fetch(`${url}/rest/v1/tasks`, {
    method: 'POST',
    headers: { apikey: anonKey, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify([1, 2, 3].map((number) => ({ title: `Task ${number} of ${firstName}` }))),
  });
  if (!response.ok)
    throw new Error(`The tasks could not be written: ${response.status} ${await response.text()}`);
}
