import { z } from 'zod';
import { paging, repeated, single } from '../request';
import type { User } from '../state';

const filters = { user_id: repeated, email_address: repeated, username: repeated };

/** What `GET /v1/users/count` takes. */
export const UserFilterSchema = z.strictObject(filters);

/** What `GET /v1/users` takes. */
export const UserListSchema = z.strictObject({
  ...filters,
  ...paging,
  order_by: single(z.enum(['created_at', '+created_at', '-created_at'])).default('-created_at'),
});

/** The users that pass every filter, oldest first. */
export function filteredUsers(
  users: readonly User[],
  { user_id, email_address, username }: z.infer<typeof UserFilterSchema>,
): readonly User[] {
  const emails = email_address?.map((email) => email.toLowerCase());
  return users
    .filter(
      (user) =>
        (user_id?.includes(user.id) ?? true) &&
        (emails?.includes(user.email) ?? true) &&
        (username?.includes(user.username ?? '') ?? true),
    )
    .toSorted((a, b) => a.createdAt - b.createdAt);
}
