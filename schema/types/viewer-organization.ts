import type { MemberOrganization, OrganizationsConnection } from '../../resolvers/organizations';
import { builder } from '../builder';

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
        // The other fields' types come from Pothos, which does not know of this one.
        resolve: (connection) => (connection as unknown as OrganizationsConnection).totalCount,
      }),
    }),
  },
  { authScopes: { signedIn: true }, description: 'An organization on a page, and where it stands.' },
);
