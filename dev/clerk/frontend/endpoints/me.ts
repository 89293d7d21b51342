import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Instance } from '../../backend/context';
import { updatedUser, withMetadata } from '../../backend/user-parameters';
import { notFound } from '../../errors';
import { isPassword } from '../../passwords';
import { page, paging, readForm, readQuery } from '../../request';
import { isLive } from '../../sessions';
import type { Session, User } from '../../state';
import { answer } from '../answer';
import type { FrontendEnv } from '../context';
import { formError } from '../errors';
import { metadataField, nameField } from '../fields';
import { mergePatch } from '../merge-patch';
import { frontendMembershipJson } from '../serialize/organization';
import { deviceJson } from '../serialize/session';
import { frontendUserJson } from '../serialize/user';
import { hashNewPassword } from '../sign-up-form';
import { signedIn } from '../signed-in';

const UpdateSchema = z.object({ first_name: nameField.optional(), last_name: nameField.optional() });
const MetadataSchema = z.object({ unsafe_metadata: metadataField });
const PasswordSchema = z.object({ current_password: z.string().optional(), new_password: z.string() });

/** `/v1/me`: the signed-in user. */
export function me(instance: Instance): Hono<FrontendEnv> {
  const { store } = instance;

  function devices(user: User): readonly Session[] {
    return store.state.sessions.filter((session) => session.userId === user.id && isLive(session));
  }

  function keep(c: Context<FrontendEnv>, user: User): Promise<Response> {
    store.apply({ type: 'user.updated', user });
    return answer(c, instance, frontendUserJson(store.state, user));
  }

  return new Hono<FrontendEnv>()
    .get('/', (c) => answer(c, instance, frontendUserJson(store.state, signedIn(c, store).user)))
    .patch('/', async (c) => {
      const update = await readForm(c, UpdateSchema);
      return keep(c, updatedUser(store.state, signedIn(c, store).user, update));
    })
    .patch('/metadata', async (c) => {
      const { unsafe_metadata: patch } = await readForm(c, MetadataSchema);
      const { user } = signedIn(c, store);
      return keep(c, withMetadata(user, { unsafe_metadata: mergePatch(user.unsafeMetadata, patch) }));
    })
    .post('/change_password', async (c) => {
      const { current_password: current = '', new_password } = await readForm(c, PasswordSchema);
      const { user } = signedIn(c, store);
      if (user.passwordHash !== null && !isPassword(current, user.passwordHash))
        throw formError('form_password_incorrect', 'current_password', 'Password is incorrect. Try again.');
      return keep(c, { ...withMetadata(user, {}), passwordHash: hashNewPassword(new_password) });
    })
    .get('/organization_memberships', (c) => {
      const { user } = signedIn(c, store);
      const memberships = store.state.memberships.filter(({ userId }) => userId === user.id).toReversed();
      const data = page(memberships, readQuery(c, z.object(paging)));
      return answer(c, instance, {
        data: data.map((membership) => frontendMembershipJson(store.state, membership)),
        total_count: memberships.length,
      });
    })
    .get('/:list{organization_invitations|organization_suggestions}', (c) => {
      signedIn(c, store);
      return answer(c, instance, { data: [], total_count: 0 });
    })
    .get('/sessions/active', (c) => c.json(devices(signedIn(c, store).user).map(deviceJson)))
    .post('/sessions/:id/revoke', (c) => {
      const id = c.req.param('id');
      const found = devices(signedIn(c, store).user).find((session) => session.id === id);
      if (found === undefined) throw notFound('session', id);
      const session: Session = { ...found, status: 'revoked', updatedAt: Date.now() };
      store.apply({ type: 'session.revoked', session });
      return answer(c, instance, deviceJson(session));
    });
}
