import { randomBytes } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { ISSUER } from '../instance';
import { findMembership } from '../queries';
import type { State, User } from '../state';
import { type TokenOptions, timeClaims } from './token-options';

/** `cat` of tokens from JWT templates: they say who somebody is, and are no session. */
export const TEMPLATE_CATEGORY = 'cl_B7d4PD222AAA';

interface TemplateSource {
  readonly user: User;
  /** The active organization as templates see it. */
  readonly organization: { readonly org_id: string | null; readonly org_role: string | null };
}

interface Template {
  /** HS256 signs with the secret of the local Clerk's options, RS256 with the instance key. */
  readonly algorithm: 'HS256' | 'RS256';
  readonly claims: (source: TemplateSource) => JWTPayload;
}

const TEMPLATES: ReadonlyMap<string, Template> = new Map<string, Template>([
  [
    'supabase',
    {
      algorithm: 'HS256',
      claims: ({ user, organization }) => ({
        aud: 'authenticated',
        role: 'authenticated',
        email: user.email,
        app_metadata: {},
        user_metadata: {},
        ...organization,
      }),
    },
  ],
  [
    'rs256',
    {
      algorithm: 'RS256',
      claims: ({ user, organization }) => ({ email: user.email, username: user.username, ...organization }),
    },
  ],
]);

/** The JWT template of that name, if this instance has it. */
export function findTemplate(name: string): Template | undefined {
  return TEMPLATES.get(name);
}

/** What a token from a template is made of. */
export interface TemplateTokenSource extends TokenOptions {
  readonly state: State;
  readonly user: User;
  /** Origin of the application. */
  readonly azp: string;
  /** Usual life in seconds. */
  readonly lifetime: number;
}

/** Claims of a token from a template. They name no session. */
export function templateClaims({ claims }: Template, source: TemplateTokenSource): JWTPayload {
  const { user, organizationId } = source;
  const membership =
    organizationId === null ? undefined : findMembership(source.state, { userId: user.id, organizationId });
  return {
    azp: source.azp,
    iss: ISSUER,
    jti: randomBytes(10).toString('hex'),
    sub: user.id,
    ...timeClaims(source.lifetime, source.ttl),
    ...claims({
      user,
      organization: { org_id: membership?.organizationId ?? null, org_role: membership?.role ?? null },
    }),
    ...source.claims,
  };
}
