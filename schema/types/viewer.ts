import { organizationsOf } from '../../resolvers/organizations';
import type { UserAuth, UserRecord } from '../../sources/ports';
import { builder } from '../builder';
import type { GatehouseContext } from '../context';
import { pageArgs } from '../page-args';
import { Actor } from './actor';
import { Session } from './session';
import { ViewerOrganization, ViewerOrganizationsConnection } from './viewer-organization';

export const Viewer = builder.objectRef<UserAuth>('Viewer');

builder.objectType(Viewer, {
  description:
    'The signed-in user. `id`, `sessionId`, `tokenExpiresAt`, `actor` and most of `organization` are read from the session token and cost nothing; the other fields together cost one call to Clerk per operation.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.exposeID('userId', { nullable: false, description: 'Clerk user id, such as `user_2x…`.' }),
    sessionId: t.exposeID('sessionId', {
      description:
        'Clerk session id of the token, such as `sess_2x…`. Null for tokens that belong to no session.',
    }),
    tokenExpiresAt: t.expose('tokenExpiresAt', {
      type: 'DateTime',
      description: 'When the token that was sent expires. Fetch a new one shortly before.',
    }),
    organization: t.field({
      type: ViewerOrganization,
      description: 'The organization that is active in the session; null in the personal account.',
      resolve: ({ organization }) => organization,
    }),
    actor: t.field({
      type: Actor,
      description: 'Who is acting as this user (impersonation); null when the user is acting in person.',
      resolve: ({ actorId }) => (actorId === null ? null : { id: actorId }),
    }),
    firstName: t.string({ description: 'Given name.', resolve: recordField('firstName') }),
    lastName: t.string({ description: 'Family name.', resolve: recordField('lastName') }),
    fullName: t.string({
      description: 'Given and family name with a space between; null when neither is known.',
      resolve: async ({ userId }, _args, { directory }) => fullName(await directory.user(userId)),
    }),
    username: t.string({
      description: 'Username, where the Clerk instance uses them.',
      resolve: recordField('username'),
    }),
    primaryEmailAddress: t.string({
      description: 'The address that Clerk writes to.',
      resolve: recordField('primaryEmailAddress'),
    }),
    imageUrl: t.string({
      description: 'Address of the profile image; Clerk makes one up for users without.',
      resolve: recordField('imageUrl'),
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the user signed up.',
      resolve: recordField('createdAt'),
    }),
    lastSignInAt: t.field({
      type: 'DateTime',
      description: 'When the user last signed in.',
      resolve: recordField('lastSignInAt'),
    }),
    sessions: t.field({
      type: [Session],
      description:
        'The active sessions of the user, in every browser and app: a hundred at most. One call to Clerk.',
      resolve: async ({ userId }, _args, { directory }) => [...(await directory.activeSessions(userId))],
    }),
    organizations: t.field({
      type: ViewerOrganizationsConnection,
      nullable: false,
      description: 'Every organization that the user is a member of. One call to Clerk per page.',
      args: pageArgs(t.arg),
      resolve: (auth, args, { directory }) => organizationsOf(auth, args, directory),
    }),
  }),
});

function recordField<K extends keyof UserRecord>(key: K) {
  return async ({ userId }: UserAuth, _args: unknown, { directory }: GatehouseContext) =>
    (await directory.user(userId))[key];
}

function fullName({ firstName, lastName }: UserRecord): string | null {
  return [firstName, lastName].filter((name) => name !== null).join(' ') || null;
}
