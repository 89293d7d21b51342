import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Instance } from '../../backend/context';
import { notFound } from '../../errors';
import { findMembership, findOrganization } from '../../queries';
import { page, paging, readQuery } from '../../request';
import type { Organization } from '../../state';
import { answer } from '../answer';
import type { FrontendEnv } from '../context';
import { frontendMembershipJson, frontendOrganizationJson } from '../serialize/organization';
import { signedIn } from '../signed-in';

/** `/v1/organizations/:id`, for its members to look at. */
export function organizations(instance: Instance): Hono<FrontendEnv> {
  const { store } = instance;

  /** @throws {ClerkError} 401, or 404 when the user is no member: they may not know that it exists. */
  function own(c: Context<FrontendEnv>): Organization {
    const { user } = signedIn(c, store);
    const organizationId = c.req.param('id') ?? '';
    const membership = findMembership(store.state, { userId: user.id, organizationId });
    const organization = membership && findOrganization(store.state, organizationId);
    if (organization === undefined) throw notFound('organization', organizationId);
    return organization;
  }

  return new Hono<FrontendEnv>()
    .get('/:id', (c) => answer(c, instance, frontendOrganizationJson(store.state, own(c))))
    .get('/:id/memberships', (c) => {
      const { id } = own(c);
      const members = store.state.memberships.filter(({ organizationId }) => organizationId === id);
      const data = page(members.toReversed(), readQuery(c, z.object(paging)));
      return answer(c, instance, {
        data: data.map((membership) => frontendMembershipJson(store.state, membership)),
        total_count: members.length,
      });
    })
    .get('/:id/:list{invitations|membership_requests|domains|roles}', (c) => {
      own(c);
      return answer(c, instance, { data: [], total_count: 0 });
    });
}
