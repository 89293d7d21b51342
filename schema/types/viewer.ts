import { organizationsOf } from '../../resolvers/organizations';
import type { AuthenticatedAuth, OAuthAuth, UserAuth, UserRecord } from '../../sources/ports';
import { builder } from '../builder';
import type { GatehouseContext } from '../context';
import { pageArgs } from '../page-args';
import { Actor } from './actor';
import { Session } from './session';
import { ViewerOrganization, ViewerOrganizationsConnection } from './viewer-organization';

/** A user who asks, in person or through an application that they let act for them. */
export type ViewerAuth = UserAuth | OAuthAuth;

export const Viewer = builder.objectRef<ViewerAuth>('Viewer');

/** Who may see a viewer at all. */
export const VIEWER_SCOPES = { $any: { signedIn: true, tokenType: 'oauth_token' } } as const;

/** The user of a caller; null where the caller acts for none. */
export function viewerOf(auth: AuthenticatedAuth): ViewerAuth | null {
  return auth.kind === 'user' || auth.kind === 'oauth' ? auth : null;
}

/** A signed-in user knows their own record; an application knows what of it they granted. */
const granted = (tokenScope: string) => ({ authScopes: { $any: { signedIn: true, tokenScope } } });

builder.objectType(Viewer, {
  description:
    'The signed-in user, or the user whom an application acts for. `id`, `sessionId`, `tokenExpiresAt`, `actor` and most of `organization` are read from the token and cost nothing; the other fields together cost one call to Clerk per operation.',
  authScopes: VIEWER_SCOPES,
  fields: (t) => ({
    id: t.exposeID('userId', { nullable: false, description: 'Clerk user id, such as `user_2x…`.' }),
    sessionId: t.id({
      description:
        'Clerk session id of the token, such as `sess_2x…`. Null for tokens that belong to no session.',
      resolve: (auth) => (auth.kind === 'user' ? auth.sessionId : null),
    }),
    tokenExpiresAt: t.expose('tokenExpiresAt', {
      type: 'DateTime',
      description: 'When the token that was sent expires. Fetch a new one shortly before.',
    }),
    organization: t.field({
      type: ViewerOrganization,
      description: 'The organization that is active in the session; null in the personal account.',
      resolve: (auth) => (auth.kind === 'user' ? auth.organization : null),
    }),
    actor: t.field({
      type: Actor,
      description: 'Who is acting as this user (impersonation); null when the user is acting in person.',
      resolve: ({ actorId }) => (actorId === null ? null : { id: actorId }),
    }),
    firstName: t.string({
      ...granted('profile'),
      description: 'Given name.',
      resolve: recordField('firstName'),
    }),
    lastName: t.string({
      ...granted('profile'),
      description: 'Family name.',
      resolve: recordField('lastName'),
    }),
    fullName: t.string({
      ...granted('profile'),
      description: 'Given and family name with a space between; null when neither is known.',
      resolve: async ({ userId }, _args, { directory }) => fullName(await directory.user(userId)),
    }),
    username: t.string({
      ...granted('profile'),
      description: 'Username, where the Clerk instance uses them.',
      resolve: recordField('username'),
    }),
    primaryEmailAddress: t.string({
      ...granted('email'),
      description: 'The address that Clerk writes to.',
      resolve: recordField('primaryEmailAddress'),
    }),
    imageUrl: t.string({
      ...granted('profile'),
      description: 'Address of the profile image; Clerk makes one up for users without.',
      resolve: recordField('imageUrl'),
    }),
    createdAt: t.field({
      ...granted('profile'),
      type: 'DateTime',
      description: 'When the user signed up.',
      resolve: recordField('createdAt'),
    }),
    lastSignInAt: t.field({
      ...granted('profile'),
      type: 'DateTime',
      description: 'When the user last signed in.',
      resolve: recordField('lastSignInAt'),
    }),
    sessions: t.field({
      authScopes: { signedIn: true },
      type: [Session],
      cost: 10,
      description:
        'The active sessions of the user, in every browser and app: a hundred at most. One call to Clerk.',
      resolve: async ({ userId }, _args, { directory }) => [...(await directory.activeSessions(userId))],
    }),
    organizations: t.field({
      authScopes: { signedIn: true },
      type: ViewerOrganizationsConnection,
      cost: 10,
      nullable: false,
      description: 'Every organization that the user is a member of. One call to Clerk per page.',
      args: pageArgs(t.arg),
      resolve: ({ userId }, args, { directory, maxPageSize }) =>
        organizationsOf(userId, { ...args, maxPageSize }, directory),
    }),
  }),
});

function recordField<K extends keyof UserRecord>(key: K) {
  return async ({ userId }: ViewerAuth, _args: unknown, { directory }: GatehouseContext) =>
    (await directory.user(userId))[key];
}

function fullName({ firstName, lastName }: UserRecord): string | null {
  return [firstName, lastName].filter((name) => name !== null).join(' ') || null;
}
