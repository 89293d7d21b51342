import { Hono } from 'hono';
import { z } from 'zod';
import { notFound } from '../errors';
import { findOrganization } from '../queries';
import { page, paging, readQuery, single } from '../request';
import { membershipJson, organizationJson } from '../serialize/organization';
import type { Membership, Organization } from '../state';
import type { Env, Instance } from './context';

const OrganizationQuerySchema = z.strictObject({
  include_members_count: single(z.stringbool()).default(false),
});

/** `/v1/organizations` */
export function organizations({ store }: Instance): Hono<Env> {
  function organizationOf(idOrSlug: string): Organization {
    const organization = findOrganization(store.state, idOrSlug);
    if (organization === undefined) throw notFound('organization', idOrSlug);
    return organization;
  }
  function membersOf({ id }: Organization): readonly Membership[] {
    return store.state.memberships.filter(({ organizationId }) => organizationId === id).toReversed();
  }

  return new Hono<Env>()
    .get('/:idOrSlug', (c) => {
      const organization = organizationOf(c.req.param('idOrSlug'));
      const { include_members_count } = readQuery(c, OrganizationQuerySchema);
      const members = include_members_count ? membersOf(organization).length : undefined;
      return c.json(organizationJson(organization, members));
    })
    .get('/:id/memberships', (c) => {
      const memberships = membersOf(organizationOf(c.req.param('id')));
      const data = page(memberships, readQuery(c, z.strictObject(paging)));
      return c.json({
        data: data.map((membership) => membershipJson(store.state, membership)),
        total_count: memberships.length,
      });
    });
}
