import { type MemberOrganization, membersOf } from '../../resolvers/organizations';
import type { OrganizationUsage } from '../../sources/ports';
import { builder } from '../builder';
import type { GatehouseContext } from '../context';
import { pageArgs } from '../page-args';
import { totalCountOf } from '../total-count';
import { OrganizationMembersConnection } from './organization-member';

const OrganizationUsageType = builder.objectRef<OrganizationUsage>('OrganizationUsage').implement({
  description: 'How much of its plan an organization uses.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    members: t.exposeInt('members', { nullable: false, description: 'How many members it has.' }),
    memberLimit: t.exposeInt('memberLimit', {
      description: 'How many members it may have; null where there is no limit.',
    }),
  }),
});

/** Scopes of a field for members while the organization is the active one: Clerk's token speaks for no other. */
const whileActive =
  <S extends object>(scopes: S) =>
  ({ id }: MemberOrganization, _args: object, { auth }: GatehouseContext) =>
    auth.kind === 'user' && auth.organization?.id === id ? scopes : false;

export const ViewerOrganization = builder.objectRef<MemberOrganization>('ViewerOrganization').implement({
  description: 'An organization as the signed-in user is a member of it.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Clerk organization id, such as `org_2x…`.' }),
    slug: t.exposeString('slug', {
      description: 'Short name for addresses, where the organization has one.',
    }),
    name: t.string({
      description: 'Display name. For the active organization it costs a call to Clerk.',
      resolve: async ({ id, name }, _args, { directory }) => name ?? (await directory.organization(id)).name,
    }),
    role: t.exposeString('role', {
      nullable: false,
      description: "The user's role in it, with Clerk's prefix: `org:admin`.",
    }),
    permissions: t.stringList({
      nullable: false,
      description:
        "What the role permits, with Clerk's prefix: `org:invoices:create`. For the active organization Clerk's system permissions (`org:sys_…`) are not among them: tokens leave them out.",
      resolve: ({ permissions }) => [...permissions],
    }),
    members: t.field({
      type: OrganizationMembersConnection,
      cost: 10,
      description: 'Its members. One call to Clerk per page.',
      authScopes: whileActive({ $any: { role: 'org:admin', permission: 'org:members:read' } }),
      whoMayAsk:
        'a signed-in user with the role `org:admin` or the permission `org:members:read`, while the organization is the active one',
      args: pageArgs(t.arg),
      resolve: (organization, args, { directory, maxPageSize }) =>
        membersOf(organization, { ...args, maxPageSize }, directory),
    }),
    usage: t.field({
      type: OrganizationUsageType,
      cost: 10,
      description: 'How much of its plan it uses. One call to Clerk.',
      authScopes: whileActive({ feature: 'org:reports' }),
      whoMayAsk:
        'a signed-in user whose organization has the feature `org:reports`, while it is the active one',
      resolve: ({ id }, _args, { directory }) => directory.organizationUsage(id),
    }),
  }),
});

export const ViewerOrganizationsConnection = builder.connectionObject(
  {
    name: 'ViewerOrganizationsConnection',
    type: ViewerOrganization,
    nodeNullable: false,
    edgesNullable: { list: true, items: false },
    description: 'A page of the organizations that the signed-in user is a member of.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      totalCount: t.int({
        description: 'How many organizations there are on all pages.',
        resolve: totalCountOf,
      }),
    }),
  },
  { authScopes: { signedIn: true }, description: 'An organization on a page, and where it stands.' },
);
