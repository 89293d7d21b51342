import { GatehouseError } from '../errors/gatehouse-error';
import type { Directory, SessionRecord, UserAuth } from '../sources/ports';

/** States in which a session can still be used, and so be ended. */
const LIVE: ReadonlySet<string> = new Set(['active', 'pending']);

/** Ids of Clerk's sessions. Anything else names none, and would only change the address of the call. */
const SESSION_ID = /^sess_[A-Za-z0-9]+$/;

/**
 * Ends one of the caller's own sessions. One that has ended already stays as it is.
 * @throws {GatehouseError} `NOT_FOUND` for a session that does not exist and, in the same words, for somebody else's.
 */
export async function revokeSession(
  auth: UserAuth,
  sessionId: string,
  directory: Directory,
): Promise<SessionRecord> {
  if (!SESSION_ID.test(sessionId)) throw noSuchSession();
  const session = await directory.session(sessionId).catch((error: unknown) => {
    throw error instanceof GatehouseError && error.code === 'NOT_FOUND' ? noSuchSession() : error;
  });
  if (session.userId !== auth.userId) throw noSuchSession();
  return LIVE.has(session.status) ? directory.revokeSession(sessionId) : session;
}

function noSuchSession(): GatehouseError {
  return new GatehouseError('NOT_FOUND', 'You have no such session.');
}
