import { Hono } from 'hono';
import { z } from 'zod';
import { notFound, unprocessable } from '../errors';
import { findMembership, findSession } from '../queries';
import { page, paging, readBody, readQuery, single } from '../request';
import { sessionJson } from '../serialize/session';
import { newSession } from '../sessions';
import { type Session, SessionStatusSchema, type State } from '../state';
import type { Env, Instance } from './context';

const SessionListSchema = z.strictObject({
  ...paging,
  user_id: single(z.string()).optional(),
  client_id: single(z.string()).optional(),
  status: single(SessionStatusSchema).optional(),
});

const NewSessionSchema = z.strictObject({
  user_id: z.string(),
  active_organization_id: z.string().optional(),
});

/** `/v1/sessions`, without the tokens of a session. */
export function sessions({ store }: Instance): Hono<Env> {
  return new Hono<Env>()
    .get('/', (c) => {
      const query = readQuery(c, SessionListSchema);
      const found = store.state.sessions.filter(
        ({ userId, clientId, status }) =>
          userId === (query.user_id ?? userId) &&
          clientId === (query.client_id ?? clientId) &&
          status === (query.status ?? status),
      );
      const data = page(found.toReversed(), query).map(sessionJson);
      return c.json(query.paginated === undefined ? data : { data, total_count: found.length });
    })
    .post('/', async (c) => {
      const { user_id: userId, active_organization_id: organizationId } = await readBody(c, NewSessionSchema);
      if (!store.state.users.some(({ id }) => id === userId)) throw notFound('user', userId);
      if (organizationId !== undefined && !findMembership(store.state, { userId, organizationId }))
        throw unprocessable(
          'organization_not_found_or_unauthorized',
          'active_organization_id',
          'The user is not a member of the organization',
        );
      const session = newSession({ userId, organizationId: organizationId ?? null });
      store.apply({ type: 'session.created', session });
      return c.json(sessionJson(session));
    })
    .get('/:id', (c) => c.json(sessionJson(sessionById(store.state, c.req.param('id')))))
    .post('/:id/revoke', (c) => {
      const session: Session = {
        ...sessionById(store.state, c.req.param('id')),
        status: 'revoked',
        updatedAt: Date.now(),
      };
      store.apply({ type: 'session.revoked', session });
      return c.json(sessionJson(session));
    });
}

/** @throws {ClerkError} 404 */
function sessionById(state: State, id: string): Session {
  const session = findSession(state, id);
  if (session === undefined) throw notFound('session', id);
  return session;
}
