import { newId, randomText } from './ids';
import type { Session } from './state';

const WEEK = 7 * 24 * 3_600_000;

/** A session that begins now. It counts once it is applied to the store. */
export function newSession({
  userId,
  organizationId,
  clientId = newId('client'),
}: Pick<Session, 'userId' | 'organizationId'> & Partial<Pick<Session, 'clientId'>>): Session {
  const now = Date.now();
  return {
    id: newId('sess'),
    clientId,
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

/** Whether the session still gives tokens. */
export function isLive({ status, expireAt }: Session): boolean {
  return (status === 'active' || status === 'pending') && expireAt > Date.now();
}
