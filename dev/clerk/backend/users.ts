import { Hono } from 'hono';
import { z } from 'zod';
import { ClerkError, notFound, unprocessable } from '../errors';
import { newUser } from '../new-user';
import { isPassword } from '../passwords';
import { findUser } from '../queries';
import { page, paging, readBody, readQuery } from '../request';
import { membershipJson } from '../serialize/organization';
import { userJson } from '../serialize/user';
import type { User } from '../state';
import type { Env, Instance } from './context';
import { filteredUsers, UserFilterSchema, UserListSchema } from './user-list';
import {
  MetadataSchema,
  NewUserSchema,
  UserUpdateSchema,
  updatedUser,
  withMetadata,
} from './user-parameters';

/** `/v1/users` */
export function users({ store }: Instance): Hono<Env> {
  function userById(id: string): User {
    const user = store.state.users.find((candidate) => candidate.id === id);
    if (user === undefined) throw notFound('user', id);
    return user;
  }

  return new Hono<Env>()
    .get('/', (c) => {
      const query = readQuery(c, UserListSchema);
      const found = filteredUsers(store.state.users, query);
      const ordered = query.order_by === '-created_at' ? found.toReversed() : found;
      return c.json(page(ordered, query).map(userJson));
    })
    .post('/', async (c) => {
      const { email_address, ...update } = await readBody(c, NewUserSchema);
      const user = updatedUser(store.state, newUser(email_address[0]), update);
      if (findUser(store.state, user.email) !== undefined)
        throw unprocessable('form_identifier_exists', 'email_address', 'That email address is taken.');
      store.apply({ type: 'user.created', user });
      return c.json(userJson(user));
    })
    .get('/count', (c) => {
      const found = filteredUsers(store.state.users, readQuery(c, UserFilterSchema));
      return c.json({ object: 'total_count', total_count: found.length });
    })
    .get('/:id', (c) => c.json(userJson(userById(c.req.param('id')))))
    .patch('/:id', async (c) => {
      const update = await readBody(c, UserUpdateSchema);
      const user = updatedUser(store.state, userById(c.req.param('id')), update);
      store.apply({ type: 'user.updated', user });
      return c.json(userJson(user));
    })
    .put('/:id/metadata', async (c) => {
      const update = await readBody(c, MetadataSchema);
      const user = withMetadata(userById(c.req.param('id')), update);
      store.apply({ type: 'user.updated', user });
      return c.json(userJson(user));
    })
    .post('/:id/verify_password', async (c) => {
      const { password } = await readBody(c, z.strictObject({ password: z.string() }));
      const { passwordHash } = userById(c.req.param('id'));
      if (passwordHash === null)
        throw new ClerkError(400, { code: 'no_password_set', message: 'The user has no password' });
      if (!isPassword(password, passwordHash))
        throw unprocessable('incorrect_password', 'password', 'The password is incorrect');
      return c.json({ verified: true });
    })
    .get('/:id/organization_memberships', (c) => {
      const { id } = userById(c.req.param('id'));
      const memberships = store.state.memberships.filter(({ userId }) => userId === id).toReversed();
      const data = page(memberships, readQuery(c, z.strictObject(paging)));
      return c.json({
        data: data.map((membership) => membershipJson(store.state, membership)),
        total_count: memberships.length,
      });
    });
}
