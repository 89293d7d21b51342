import { createPrivateKey, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { generateInstanceKeys, type InstanceKeys, type LocalClerk, startLocalClerk } from '../../dev/clerk';
import { APP_URL, gatewayVariables } from '../../dev/gateway-variables';
import type { Source } from './source/source';
import { startSource } from './source/source';

const DAY_S = 86_400;

/** The most that can be configured: what is measured is what the check costs, not whom it refuses. */
const NO_LIMIT = '1000000000';

/** What all servers share: a local Clerk with its keys, a source of external data, and tokens. */
export interface World {
  /** Variables that configure a gateway, and every peer. */
  readonly variables: Readonly<Record<string, string>>;
  readonly viewer: { readonly id: string; readonly firstName: string; readonly lastName: string };
  readonly tokens: { readonly good: string; readonly expired: string; readonly tampered: string };
  /** Tokens of so many different users. */
  mintTokens(count: number): Promise<string[]>;
  readonly source: Source;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const keys = await generateInstanceKeys();
  const clerk = await startLocalClerk({ port: 0, appUrl: APP_URL, keys, templateSecret: 'unused' });
  const [user] = clerk.state.state.users;
  if (user === undefined) throw new Error('The local Clerk has no users.');
  const source = await startSource();
  const good = await clerk.mintSessionToken({ user: user.id, ttl: DAY_S });
  return {
    variables: {
      ...gatewayVariables(clerk, { url: source.url, anonKey: 'unused' }),
      GATEWAY_CLERK_BUDGET: '100000',
      GATEWAY_RATE_LIMIT: NO_LIMIT,
      GATEWAY_ADDRESS_RATE_LIMIT: NO_LIMIT,
    },
    viewer: { id: user.id, firstName: user.firstName ?? '', lastName: user.lastName ?? '' },
    tokens: {
      good,
      expired: await clerk.mintSessionToken({ user: user.id, ttl: -60 }),
      tampered: tampered(good),
    },
    mintTokens: (count) => mintTokens(keys, good, count),
    source,
    close: () => closeAll(clerk, source),
  };
}

async function closeAll(clerk: LocalClerk, source: Source): Promise<void> {
  source.stop();
  await clerk.close();
}

/** The same token with another signature, of the right length. */
function tampered(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  return [header, payload, Buffer.from(signature, 'base64url').reverse().toString('base64url')].join('.');
}

/**
 * Like the token that is given, but for other users and sessions with ids as long. Signed by Node in its threads: some 3,000 a second for
 * each core.
 */
function mintTokens({ privateKey }: InstanceKeys, like: string, count: number): Promise<string[]> {
  const key = createPrivateKey({ key: privateKey, format: 'jwk' });
  const header = encode(decodeProtectedHeader(like));
  const claims = decodeJwt(like);
  const signAsync = promisify(sign);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const [sub, sid] = [numbered(claims.sub, index), numbered(String(claims.sid), index)];
      const signed = `${header}.${encode({ ...claims, sub, sid })}`;
      const signature = await signAsync('sha256', Buffer.from(signed), key);
      return `${signed}.${signature.toString('base64url')}`;
    }),
  );
}

/** An id with a number instead of its end. */
function numbered(id = '', index: number): string {
  const number = String(index);
  return id.slice(0, id.length - number.length) + number;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
