import { userJson } from '../../serialize/user';
import type { State, User } from '../../state';
import { frontendMembershipJson } from './organization';

/** A user in the Frontend API's shape: what the user may see of themselves, which private metadata is not. */
export function frontendUserJson(state: State, user: User) {
  const { private_metadata: _, email_addresses, ...json } = userJson(user);
  return {
    ...json,
    email_addresses: email_addresses.map((address) => ({ ...address, matches_sso_connection: false })),
    organization_memberships: state.memberships
      .filter(({ userId }) => userId === user.id)
      .map((membership) => frontendMembershipJson(state, membership)),
    passkeys: [],
    profile_image_id: '',
    // The components offer neither: their endpoints are not here.
    create_organization_enabled: false,
    delete_self_enabled: false,
  };
}
