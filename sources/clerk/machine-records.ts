import { z } from 'zod';
import type { ApiKeyAuth, MachineAuth, MachineTokenAuth, OAuthAuth } from '../ports';
import { fromTimestamp } from './timestamp';

/** What Clerk says of a token of another kind than a session's. */
export interface MachineTokenRecord {
  readonly auth: MachineTokenAuth;
  readonly revoked: boolean;
  readonly expired: boolean;
  /** For whom an OAuth token was issued; `undefined` where it does not say. */
  readonly audience: readonly string[] | undefined;
}

/** Clerk gives most times in milliseconds, and those of opaque OAuth tokens in seconds. */
const expiration = z
  .number()
  .nullish()
  .transform((time) => (time == null ? null : fromTimestamp(time)));

const common = {
  id: z.string(),
  scopes: z
    .array(z.string())
    .nullish()
    .transform((scopes) => scopes ?? []),
  // Missing is not "no": an answer that does not say so lets nobody in.
  revoked: z.boolean(),
  expired: z.boolean(),
  expiration,
};

const apiKey = z
  .object({ ...common, name: z.string(), subject: z.string().regex(/^(user|org)_/) })
  .transform(({ id, name, subject, scopes, expiration, revoked, expired }): MachineTokenRecord => {
    const auth: ApiKeyAuth = { kind: 'apiKey', id, name, subject, scopes, tokenExpiresAt: expiration };
    return { auth, revoked, expired, audience: undefined };
  });

const m2mToken = z
  .object({ ...common, subject: z.string().regex(/^mch_/) })
  .transform(({ subject, scopes, expiration, revoked, expired }): MachineTokenRecord => {
    const auth: MachineAuth = { kind: 'machine', machineId: subject, scopes, tokenExpiresAt: expiration };
    return { auth, revoked, expired, audience: undefined };
  });

const oauthToken = z
  .object({
    ...common,
    clientId: z.string().min(1),
    subject: z.string().regex(/^user_/),
    aud: z.array(z.string()).optional(),
    act: z.object({ sub: z.string() }).optional(),
  })
  .transform(({ clientId, subject, scopes, expiration, revoked, expired, aud, act }): MachineTokenRecord => {
    const auth: OAuthAuth = {
      kind: 'oauth',
      clientId,
      userId: subject,
      scopes,
      tokenExpiresAt: expiration,
      actorId: act?.sub ?? null,
    };
    return { auth, revoked, expired, audience: aud };
  });

/**
 * Each reads an object of Clerk's SDK.
 * @throws {ZodError} where it is not what the gateway needs, a subject of another kind among it.
 */
export const parseApiKey = (value: unknown): MachineTokenRecord => apiKey.parse(value);
export const parseM2MToken = (value: unknown): MachineTokenRecord => m2mToken.parse(value);
export const parseOAuthToken = (value: unknown): MachineTokenRecord => oauthToken.parse(value);
