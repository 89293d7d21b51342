import { z } from 'zod';
import { SECRET_KEY } from '../clerk/instance';
import { LOOPBACK } from '../serve';
import type { Settings } from './settings';

/** The few calls of Clerk's Backend API that it takes to get a token. Each throws an `Error` that says what to mend. */
export interface ClerkApi {
  /** @param user id or email address. */
  userId(user: string): Promise<string>;
  /** @param organization id or slug. */
  organizationId(organization: string): Promise<string>;
  createSession(userId: string, organizationId: string | undefined): Promise<string>;
  /** @param ttl life in seconds. */
  createToken(sessionId: string, template: string | undefined, ttl: number | undefined): Promise<string>;
}

const withId = z.object({ id: z.string() });

/** The Clerk that `npm run dev` uses: the one that the environment names, or the local one. */
export function connectToClerk({ clerk, ports }: Settings): ClerkApi {
  const apiUrl = clerk?.apiUrl ?? `http://${LOOPBACK}:${ports.clerk}`;
  const secretKey = clerk?.secretKey ?? SECRET_KEY;

  async function call<T>(what: string, answer: z.ZodType<T>, path: string, body?: object): Promise<T> {
    const response = await fetch(`${apiUrl}/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new Error(
        clerk === null
          ? `The local Clerk does not answer at ${apiUrl}. Start it in another terminal: npm run dev`
          : `Clerk does not answer at ${apiUrl}.`,
      );
    });
    const value: unknown = await response.json().catch(() => null);
    const parsed = answer.safeParse(value);
    if (response.ok && parsed.success) return parsed.data;
    const detail = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) }).safeParse(value);
    throw new Error(`${what}: ${detail.data?.errors[0]?.message ?? `Clerk answered ${response.status}`}.`);
  }

  return {
    async userId(user) {
      if (!user.includes('@')) return user;
      const address = encodeURIComponent(user);
      const [found] = await call('Looking up the user', z.array(withId), `/users?email_address=${address}`);
      if (found === undefined) throw new Error(`No user has the email address ${user}.`);
      return found.id;
    },

    organizationId: async (organization) =>
      (
        await call(
          `Organization ${organization}`,
          withId,
          `/organizations/${encodeURIComponent(organization)}`,
        )
      ).id,

    createSession: async (userId, organizationId) =>
      (
        await call('Starting a session', withId, '/sessions', {
          user_id: userId,
          ...(organizationId === undefined ? {} : { active_organization_id: organizationId }),
        })
      ).id,

    async createToken(sessionId, template, ttl) {
      const path = `/sessions/${sessionId}/tokens${template === undefined ? '' : `/${encodeURIComponent(template)}`}`;
      const body = ttl === undefined ? {} : { expires_in_seconds: ttl };
      return (await call('Minting a token', z.object({ jwt: z.string() }), path, body)).jwt;
    },
  };
}
