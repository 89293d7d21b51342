import type { Client, Membership, Organization, Session, SignInToken, State, User } from './state';

/** A change of the state, named after the webhook event that Clerk sends for it where there is one. */
export type Change =
  | { readonly type: 'user.created' | 'user.updated'; readonly user: User }
  | { readonly type: 'organization.created' | 'organization.updated'; readonly organization: Organization }
  | {
      readonly type: `organizationMembership.${'created' | 'updated' | 'deleted'}`;
      readonly membership: Membership;
    }
  | {
      readonly type: `session.${'created' | 'touched' | 'ended' | 'removed' | 'revoked'}`;
      readonly session: Session;
    }
  | { readonly type: 'client.created' | 'client.updated'; readonly client: Client }
  | { readonly type: 'signInToken.created' | 'signInToken.updated'; readonly signInToken: SignInToken };

/**
 * Holds the state, which changes through {@link Store.apply} only.
 * Each state is a new value: whoever holds one never sees it change.
 */
export class Store {
  #state: State;
  readonly #seed: () => State;
  readonly #listeners: ((state: State, change: Change | null) => void)[] = [];

  constructor(seed: () => State, initial = seed()) {
    this.#seed = seed;
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  /** Calls `listener` after each change, in the order of changes; a reset comes as null. */
  onChange(listener: (state: State, change: Change | null) => void): void {
    this.#listeners.push(listener);
  }

  apply(change: Change): void {
    this.#set(reduce(this.#state, change), change);
  }

  /** Puts the state back to its seed. */
  reset(): void {
    this.#set(this.#seed(), null);
  }

  #set(state: State, change: Change | null): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state, change);
  }
}

function reduce(state: State, change: Change): State {
  switch (change.type) {
    case 'user.created':
    case 'user.updated':
      return { ...state, users: put(state.users, change.user) };
    case 'organization.created':
    case 'organization.updated':
      return { ...state, organizations: put(state.organizations, change.organization) };
    case 'organizationMembership.created':
    case 'organizationMembership.updated':
      return { ...state, memberships: put(state.memberships, change.membership) };
    case 'organizationMembership.deleted':
      return { ...state, memberships: state.memberships.filter(({ id }) => id !== change.membership.id) };
    case 'session.created':
    case 'session.touched':
    case 'session.ended':
    case 'session.removed':
    case 'session.revoked':
      return { ...state, sessions: put(state.sessions, change.session) };
    case 'client.created':
    case 'client.updated':
      return { ...state, clients: put(state.clients, change.client) };
    case 'signInToken.created':
    case 'signInToken.updated':
      return { ...state, signInTokens: put(state.signInTokens, change.signInToken) };
  }
}

/** Replaces the item with the same id, or appends. */
function put<T extends { readonly id: string }>(items: readonly T[], item: T): readonly T[] {
  return items.some(({ id }) => id === item.id)
    ? items.map((other) => (other.id === item.id ? item : other))
    : [...items, item];
}
