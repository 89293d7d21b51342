import type { OrganizationJSON, OrganizationMembershipJSON } from '@clerk/backend';
import { notFound } from '../errors';
import { findOrganization, findUser } from '../queries';
import type { Membership, Organization, State } from '../state';

/** An organization in the Backend API's shape. @param membersCount is left out unless the caller asked for it. */
export function organizationJson(organization: Organization, membersCount?: number): OrganizationJSON {
  return {
    object: 'organization',
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: organization.imageUrl,
    has_image: false,
    ...(membersCount === undefined ? {} : { members_count: membersCount }),
    max_allowed_memberships: 5,
    admin_delete_enabled: true,
    public_metadata: {},
    private_metadata: {},
    created_by: organization.createdBy,
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}

/** A membership in the Backend API's shape. @throws {ClerkError} 404 when its user or organization is gone. */
export function membershipJson(state: State, membership: Membership): OrganizationMembershipJSON {
  const user = findUser(state, membership.userId);
  if (user === undefined) throw notFound('user', membership.userId);
  const organization = findOrganization(state, membership.organizationId);
  if (organization === undefined) throw notFound('organization', membership.organizationId);
  return {
    object: 'organization_membership',
    id: membership.id,
    public_metadata: {},
    private_metadata: {},
    role: membership.role,
    permissions: [...membership.permissions],
    created_at: membership.createdAt,
    updated_at: membership.updatedAt,
    organization: organizationJson(organization),
    public_user_data: {
      identifier: user.email,
      first_name: user.firstName,
      last_name: user.lastName,
      image_url: user.imageUrl,
      has_image: false,
      user_id: user.id,
    },
  };
}
