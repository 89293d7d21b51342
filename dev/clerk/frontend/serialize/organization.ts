import { membershipJson, organizationJson } from '../../serialize/organization';
import type { Membership, Organization, State } from '../../state';

/** Names of roles as people read them. */
const ROLE_NAMES: Readonly<Record<string, string>> = { 'org:admin': 'Admin', 'org:member': 'Member' };

function roleName(role: string): string {
  return ROLE_NAMES[role] ?? role.replace(/^org:/, '');
}

/** An organization in the Frontend API's shape. */
export function frontendOrganizationJson(state: State, organization: Organization) {
  const members = state.memberships.filter(({ organizationId }) => organizationId === organization.id).length;
  const { private_metadata: _, ...json } = organizationJson(organization, members);
  return { ...json, pending_invitations_count: 0, admin_delete_enabled: false };
}

/** Permissions that make the components offer what has no endpoint here, such as inviting somebody. */
const UNSUPPORTED_PERMISSION = /^org:sys_\w+:manage$/;

/** A membership in the Frontend API's shape. */
export function frontendMembershipJson(state: State, membership: Membership) {
  const { private_metadata: _, ...json } = membershipJson(state, membership);
  const organization = state.organizations.find(({ id }) => id === membership.organizationId);
  return {
    ...json,
    permissions: membership.permissions.filter((permission) => !UNSUPPORTED_PERMISSION.test(permission)),
    role_name: roleName(membership.role),
    ...(organization && { organization: frontendOrganizationJson(state, organization) }),
  };
}
