import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { ClerkError } from '../errors';
import { readBody } from '../request';
import { machineTokenJson } from '../serialize/machine-token';
import type { MachineToken } from '../state';
import type { Env, Instance } from './context';

/** Verification of API keys, M2M tokens and OAuth access tokens, which the SDKs call without `/v1`. */
export function machineTokens({ store }: Instance): Hono<Env> {
  function verify(c: Context<Env>, kind: MachineToken['kind'], secret: string): Response {
    const token = store.state.machineTokens.find(
      (candidate) => candidate.kind === kind && candidate.secret === secret,
    );
    // A revoked or expired token is answered with 200, as in Clerk's OpenAPI document: the caller must look.
    if (token !== undefined) return c.json(machineTokenJson(token));
    throw new ClerkError(404, { code: 'token_not_found', message: 'Token not found' });
  }

  return new Hono<Env>()
    .post('/api_keys/verify', async (c) => {
      const { secret } = await readBody(c, z.strictObject({ secret: z.string() }));
      return verify(c, 'api_key', secret);
    })
    .post('/m2m_tokens/verify', async (c) => {
      const { token } = await readBody(c, z.strictObject({ token: z.string() }));
      return verify(c, 'm2m_token', token);
    })
    .post('/oauth_applications/access_tokens/verify', async (c) => {
      const { access_token } = await readBody(c, z.strictObject({ access_token: z.string() }));
      return verify(c, 'oauth_token', access_token);
    });
}
