import { randomBytes } from 'node:crypto';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { type LocalClerk, startLocalClerk } from '../clerk';
import { startLocalSupabase } from '../supabase';
import type { Settings } from './settings';
import { step } from './terminal';

/** The services that run in this process, and how the gateway reaches them and the real ones. */
export interface Services {
  /** Null where the environment names a real Clerk. */
  readonly clerk: LocalClerk | null;
  /** Variables that the application gets besides those that are set already. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts the local services that nothing real stands in for.
 * @throws {Error} naming the variable when a port is taken.
 */
export async function startServices(settings: Settings): Promise<Services> {
  // Nobody outside this process needs it: a new one for each start is as good as any.
  const sharedSecret = randomBytes(32).toString('hex');
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const clerk = await startClerk(settings, sharedSecret, webhookSecret);
  const supabase = await startSupabase(settings, sharedSecret, clerk).catch(async (error: unknown) => {
    await clerk?.close();
    throw error;
  });
  return {
    clerk,
    variables: {
      ...(clerk && {
        CLERK_SECRET_KEY: clerk.secretKey,
        NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
        CLERK_JWT_KEY: clerk.jwtKey,
        CLERK_WEBHOOK_SIGNING_SECRET: webhookSecret,
        CLERK_API_URL: clerk.url,
        CLERK_FAPI_URL: `${clerk.url}/fapi`,
        NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk',
        NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: '1',
      }),
      ...(supabase && { SUPABASE_URL: supabase.url, SUPABASE_ANON_KEY: supabase.anonKey }),
    },
    async close() {
      await Promise.all([clerk?.close(), supabase?.close()]);
    },
  };
}

async function startClerk(
  settings: Settings,
  templateSecret: string,
  webhookSecret: string,
): Promise<LocalClerk | null> {
  if (settings.clerk !== null) return null;
  const appUrl = `http://localhost:${settings.ports.app}`;
  return step(
    'Local Clerk',
    () =>
      startLocalClerk({
        port: settings.ports.clerk,
        appUrl,
        templateSecret,
        webhook: { url: `${appUrl}/api/webhooks/clerk`, secret: webhookSecret },
        tokenLifetime: settings.tokenLifetime,
      }),
    ({ url }) => url,
  );
}

async function startSupabase(settings: Settings, jwtSecret: string, clerk: LocalClerk | null) {
  if (settings.realSupabase) return null;
  return step(
    'Local Supabase',
    () =>
      startLocalSupabase({
        port: settings.ports.supabase,
        jwtSecret,
        ...trustedIssuer(settings, clerk),
        userIds: clerk?.users.map(({ id }) => id) ?? [],
      }),
    ({ url }) => url,
  );
}

/** Whose session tokens the local Supabase takes. */
function trustedIssuer(
  settings: Settings,
  clerk: LocalClerk | null,
): { readonly issuer: string; readonly jwks: JWTVerifyGetKey } {
  const real = settings.clerk;
  const apiUrl = clerk?.url ?? real?.apiUrl ?? '';
  const secretKey = clerk?.secretKey ?? real?.secretKey ?? '';
  return {
    issuer: clerk?.issuer ?? issuerOf(real?.publishableKey ?? ''),
    jwks: createRemoteJWKSet(new URL('/v1/jwks', apiUrl), {
      headers: { authorization: `Bearer ${secretKey}` },
    }),
  };
}

/** The publishable key holds the host of the instance, which its tokens name as issuer. */
function issuerOf(publishableKey: string): string {
  const encoded = publishableKey.replace(/^pk_(live|test)_/, '');
  return `https://${Buffer.from(encoded, 'base64').toString('utf8').replace(/\$$/, '')}`;
}
