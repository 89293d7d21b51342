import type { SignedInAuthObject } from '@clerk/backend/internal';
import type { SharedSignedInAuthObjectProperties } from '@clerk/shared/types';
import type { ActiveOrganization, PendingAuth, UserAuth } from '../ports';
import { fromTimestamp } from './timestamp';

/** What Clerk makes of a verified session token, as far as it is of use. */
export type VerifiedClaims = SharedSignedInAuthObjectProperties & Pick<SignedInAuthObject, 'has'>;

/** What a verified session token says, as plain data: Clerk's own object holds the secret key and an API client. */
export function authFromSession(session: VerifiedClaims): UserAuth | PendingAuth {
  // Clerk's tokens say that tasks are open, not which: the names are there only where the instance adds them as a claim.
  if (session.sessionStatus === 'pending')
    return { kind: 'pending', tasks: taskKeys(session.sessionClaims.tasks) };
  // By itself: the session holds an API client, which nobody needs and a cache would keep.
  const { has } = session;
  return Object.freeze({
    kind: 'user',
    userId: session.userId,
    sessionId: session.sessionId,
    tokenExpiresAt: new Date(session.sessionClaims.exp * 1000),
    organization: activeOrganization(session),
    actorId: session.actor?.sub ?? null,
    userUpdatedAt: timeOf(session.sessionClaims.updatedAt),
    has: (entitlement) => has(entitlement),
  } satisfies UserAuth);
}

function activeOrganization({
  orgId,
  orgSlug,
  orgRole,
  orgPermissions,
}: VerifiedClaims): ActiveOrganization | null {
  if (orgId === undefined || orgRole === undefined) return null;
  return { id: orgId, slug: orgSlug ?? null, role: orgRole, permissions: orgPermissions ?? [] };
}

function taskKeys(claim: unknown): string[] {
  return Array.isArray(claim) ? claim.filter((key) => typeof key === 'string') : [];
}

/** The claim `updatedAt`, which an instance makes from `{{user.updated_at}}`. */
function timeOf(claim: unknown): Date | null {
  const time = typeof claim === 'string' ? Number(claim) : claim;
  return typeof time === 'number' && Number.isFinite(time) ? fromTimestamp(time) : null;
}
