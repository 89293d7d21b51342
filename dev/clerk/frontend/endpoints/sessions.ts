import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Instance } from '../../backend/context';
import { notFound } from '../../errors';
import { findMembership } from '../../queries';
import { readForm } from '../../request';
import type { Client, Session } from '../../state';
import { answer } from '../answer';
import { currentClient, endSession, liveSessions } from '../clients';
import type { FrontendEnv } from '../context';
import { signedOut } from '../errors';
import { frontendSessionJson } from '../serialize/session';

/** An organization's id; '' means the personal account, as a form has no null. */
const organization = z.string().transform((id) => (id === '' ? null : id));

const TouchSchema = z.object({ active_organization_id: organization.optional() });
const TokenSchema = z.object({ organization_id: organization.optional() });

/** `/v1/client/sessions/:id`, of the browser's own sessions only. */
export function sessions(instance: Instance): Hono<FrontendEnv> {
  const { store, tokens } = instance;

  /** @throws {ClerkError} 401 when the session is over, or not this browser's. */
  function own(c: Context<FrontendEnv>): { readonly client: Client; readonly session: Session } {
    const client = currentClient(c, store);
    const session = client && liveSessions(store.state, client).find(({ id }) => id === c.req.param('id'));
    if (client === undefined || session === undefined) throw signedOut();
    return { client, session };
  }

  /** The organization that is asked for, or else the session's. @throws {ClerkError} 404 unless the user is a member. */
  function memberOf({ userId, organizationId: current }: Session, asked: string | null | undefined) {
    const organizationId = asked === undefined ? current : asked;
    if (organizationId !== null && findMembership(store.state, { userId, organizationId }) === undefined)
      throw notFound('organization', organizationId);
    return organizationId;
  }

  return new Hono<FrontendEnv>()
    .get('/:id', async (c) => answer(c, instance, await frontendSessionJson(instance, own(c).session)))
    .post('/:id/touch', async (c) => {
      const { active_organization_id } = await readForm(c, TouchSchema);
      const { client, session } = own(c);
      const now = Date.now();
      const touched: Session = {
        ...session,
        organizationId: memberOf(session, active_organization_id),
        lastActiveAt: now,
        updatedAt: now,
      };
      store.apply({ type: 'session.touched', session: touched });
      // Its updatedAt stays: a later `__client_uat` would make the tokens so far look stale, and pages redirect in circles.
      store.apply({ type: 'client.updated', client: { ...client, lastActiveSessionId: session.id } });
      return answer(c, instance, await frontendSessionJson(instance, touched));
    })
    .post('/:id/tokens/:template?', async (c) => {
      const { organization_id } = await readForm(c, TokenSchema);
      const { session } = own(c);
      const jwt = await tokens.issue(session, {
        template: c.req.param('template'),
        organizationId: memberOf(session, organization_id),
      });
      return c.json({ object: 'token', jwt });
    })
    .post('/:id/:end{end|remove}', async (c) => {
      const { client, session } = own(c);
      const ended = await frontendSessionJson(instance, session);
      const status = c.req.param('end') === 'end' ? 'ended' : 'removed';
      endSession(store, client, session, status);
      return answer(c, instance, { ...ended, status, last_active_token: null });
    });
}
