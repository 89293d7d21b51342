import type { ApiKeyAuth, AuthenticatedAuth, MachineAuth, OAuthAuth } from '../../sources/ports';
import { builder } from '../builder';
import { Viewer } from './viewer';

const SCOPES = { nullable: false, description: 'What the token was granted.' } as const;
const TOKEN_EXPIRES_AT = {
  type: 'DateTime',
  nullable: true,
  description: 'When the token stops being accepted; null where it does not expire.',
} as const;

const ApiKey = builder.objectRef<ApiKeyAuth>('ApiKey').implement({
  description: 'A program that holds an API key, which a user or an organization made for it.',
  authScopes: { tokenType: 'api_key' },
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Clerk id of the key. It is not the key itself.' }),
    name: t.exposeString('name', {
      nullable: false,
      description: 'What the key was called by whoever made it.',
    }),
    subject: t.exposeID('subject', {
      nullable: false,
      description: 'On whose behalf it acts: Clerk id of a user (`user_…`) or of an organization (`org_…`).',
    }),
    scopes: t.stringList({ ...SCOPES, resolve: ({ scopes }) => [...scopes] }),
    tokenExpiresAt: t.expose('tokenExpiresAt', TOKEN_EXPIRES_AT),
  }),
});

const Machine = builder.objectRef<MachineAuth>('Machine').implement({
  description: 'A machine of the same Clerk instance, such as a background job, with an M2M token.',
  authScopes: { tokenType: 'm2m_token' },
  fields: (t) => ({
    id: t.exposeID('machineId', { nullable: false, description: 'Clerk machine id, such as `mch_2x…`.' }),
    scopes: t.stringList({
      nullable: false,
      description: 'Clerk ids of the machines that the token is meant for.',
      resolve: ({ scopes }) => [...scopes],
    }),
    tokenExpiresAt: t.expose('tokenExpiresAt', TOKEN_EXPIRES_AT),
  }),
});

const OAuthGrant = builder.objectRef<OAuthAuth>('OAuthGrant').implement({
  description: 'An application that a user let act for them, with an OAuth access token.',
  authScopes: { tokenType: 'oauth_token' },
  fields: (t) => ({
    clientId: t.exposeID('clientId', {
      nullable: false,
      description: 'Clerk id of the OAuth application.',
    }),
    scopes: t.stringList({ ...SCOPES, resolve: ({ scopes }) => [...scopes] }),
    tokenExpiresAt: t.expose('tokenExpiresAt', TOKEN_EXPIRES_AT),
    user: t.field({
      type: Viewer,
      description: 'The user whom the application acts for.',
      resolve: (auth) => auth,
    }),
  }),
});

const TYPE_NAMES = {
  user: 'Viewer',
  apiKey: 'ApiKey',
  machine: 'Machine',
  oauth: 'OAuthGrant',
} as const satisfies Record<AuthenticatedAuth['kind'], string>;

export const Principal = builder.unionType('Principal', {
  description: 'Whoever sends a request with a valid token: a user, or a program.',
  types: [Viewer, ApiKey, Machine, OAuthGrant],
  resolveType: ({ kind }) => TYPE_NAMES[kind],
});
