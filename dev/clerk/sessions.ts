import { newId, randomText } from './ids';
import type { Session } from './state';

const WEEK = 7 * 24 * 3_600_000;

/** A session that begins now. It counts once it is applied to the store. */
export function newSession({ userId, organizationId }: Pick<Session, 'userId' | 'organizationId'>): Session {
  const now = Date.now();
  return {
    id: newId('sess'),
    clientId: newId('client'),
    userId,
    status: 'active',
    organizationId,
    refreshToken: randomText(20),
    createdAt: now,
    updatedAt: now,
    lastActiveAt: now,
    expireAt: now + WEEK,
  };
}
