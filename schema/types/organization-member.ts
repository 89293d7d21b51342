import type { MemberRecord } from '../../sources/ports';
import { builder } from '../builder';
import { totalCountOf } from '../total-count';

const OrganizationMember = builder.objectRef<MemberRecord>('OrganizationMember').implement({
  description: 'A member of an organization, as other members see them.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    userId: t.exposeID('userId', { nullable: false, description: 'Clerk user id of the member.' }),
    role: t.exposeString('role', {
      nullable: false,
      description: "The member's role, with Clerk's prefix: `org:member`.",
    }),
    firstName: t.exposeString('firstName', { description: 'Given name.' }),
    lastName: t.exposeString('lastName', { description: 'Family name.' }),
    identifier: t.exposeString('identifier', {
      description: 'What the member signs in with, an email address as a rule.',
    }),
    imageUrl: t.exposeString('imageUrl', { description: 'Address of the profile image.' }),
    joinedAt: t.expose('joinedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the user became a member.',
    }),
  }),
});

export const OrganizationMembersConnection = builder.connectionObject(
  {
    name: 'OrganizationMembersConnection',
    type: OrganizationMember,
    nodeNullable: false,
    edgesNullable: { list: true, items: false },
    description: 'A page of the members of an organization.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      totalCount: t.int({ description: 'How many members there are on all pages.', resolve: totalCountOf }),
    }),
  },
  { authScopes: { signedIn: true }, description: 'A member on a page, and where they stand.' },
);
