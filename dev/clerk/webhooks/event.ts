import { findUser } from '../queries';
import { membershipJson, organizationJson } from '../serialize/organization';
import { sessionJson } from '../serialize/session';
import { userJson } from '../serialize/user';
import type { State } from '../state';
import type { Change } from '../store';

/** What Clerk tells an endpoint of a change. */
export interface WebhookEvent {
  readonly type: string;
  readonly data: unknown;
}

/** The event for a change; undefined for the changes that Clerk does not report. @param state after the change. */
export function webhookEvent(state: State, change: Change): WebhookEvent | undefined {
  const { type } = change;
  switch (type) {
    case 'user.created':
    case 'user.updated':
      return { type, data: userJson(change.user) };
    case 'organization.created':
    case 'organization.updated':
      return { type, data: organizationJson(change.organization) };
    case 'organizationMembership.created':
    case 'organizationMembership.updated':
    case 'organizationMembership.deleted':
      return { type, data: membershipJson(state, change.membership) };
    case 'session.created':
    case 'session.ended':
    case 'session.removed':
    case 'session.revoked': {
      const user = findUser(state, change.session.userId);
      return { type, data: { ...sessionJson(change.session), user: user ? userJson(user) : null } };
    }
    case 'session.touched':
    case 'client.created':
    case 'client.updated':
    case 'signInToken.created':
    case 'signInToken.updated':
      return undefined;
  }
}
