import type { Membership, Organization, Session, State, User } from './state';

/** @param key id or email address. */
export function findUser(state: State, key: string): User | undefined {
  return state.users.find(({ id, email }) => id === key || email === key.toLowerCase());
}

/** @param key id or slug. */
export function findOrganization(state: State, key: string): Organization | undefined {
  return state.organizations.find(({ id, slug }) => id === key || slug === key);
}

export function findSession(state: State, sessionId: string): Session | undefined {
  return state.sessions.find(({ id }) => id === sessionId);
}

export function findMembership(
  state: State,
  { userId, organizationId }: Pick<Membership, 'userId' | 'organizationId'>,
): Membership | undefined {
  return state.memberships.find(
    (membership) => membership.userId === userId && membership.organizationId === organizationId,
  );
}
