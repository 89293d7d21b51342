import type { SessionJSON, SignInTokenJSON } from '@clerk/backend';
import type { Session, SignInToken } from '../state';

const THREE_WEEKS = 21 * 24 * 3_600_000;

/** A session in the Backend API's shape. Clerk sends null where the SDK's type has nothing. */
export type LocalSessionJSON = Omit<SessionJSON, 'last_active_organization_id' | 'latest_activity'> & {
  last_active_organization_id: string | null;
  latest_activity: ReturnType<typeof latestActivity>;
};

export function sessionJson(session: Session): LocalSessionJSON {
  return {
    object: 'session',
    id: session.id,
    client_id: session.clientId,
    user_id: session.userId,
    status: session.status,
    last_active_organization_id: session.organizationId,
    actor: null,
    last_active_at: session.lastActiveAt,
    expire_at: session.expireAt,
    abandon_at: session.expireAt + THREE_WEEKS,
    created_at: session.createdAt,
    updated_at: session.updatedAt,
    latest_activity: latestActivity(session),
  };
}

/** Where a session was last used. Nobody knows what browser it is. */
function latestActivity({ id }: Session) {
  return {
    object: 'session_activity',
    id: id.replace('sess_', 'sess_activity_'),
    device_type: null,
    browser_name: null,
    browser_version: null,
    ip_address: '127.0.0.1',
    city: null,
    country: null,
    is_mobile: false,
  };
}

/** A sign-in token in the Backend API's shape. @param appUrl where its URL signs a browser in. */
export function signInTokenJson(signInToken: SignInToken, appUrl: string): SignInTokenJSON {
  const { id, userId, token, status, createdAt, updatedAt } = signInToken;
  return {
    object: 'sign_in_token',
    id,
    user_id: userId,
    token,
    status,
    url: `${appUrl}/sign-in?__clerk_ticket=${token}`,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}
