import { z } from 'zod';
import { unprocessable } from '../errors';
import { hashPassword } from '../passwords';
import type { State, User } from '../state';

/** Longest first, last or user name. */
const NAME_LENGTH = 256;

const name = z
  .string()
  .max(NAME_LENGTH)
  .nullable()
  .transform((value) => (value === '' ? null : value));
const metadata = z.record(z.string(), z.unknown());

/** `public_metadata` and its siblings. */
export const MetadataSchema = z.strictObject({
  public_metadata: metadata.optional(),
  private_metadata: metadata.optional(),
  unsafe_metadata: metadata.optional(),
});

/** What `PATCH /v1/users/:id` takes. Omitted means unchanged, null or '' means cleared. */
export const UserUpdateSchema = MetadataSchema.extend({
  first_name: name.optional(),
  last_name: name.optional(),
  username: name.optional(),
  password: z.string().min(8).optional(),
});

/** What `POST /v1/users` takes. */
export const NewUserSchema = UserUpdateSchema.extend({
  email_address: z.tuple([z.email().toLowerCase()], 'must be one email address'),
});

/** The user after an update. @throws {ClerkError} 422 when somebody else has the username. */
export function updatedUser(state: State, user: User, update: z.infer<typeof UserUpdateSchema>): User {
  const { username = user.username, first_name, last_name, password } = update;
  if (username !== null && state.users.some((other) => other.id !== user.id && other.username === username))
    throw unprocessable('form_identifier_exists', 'username', 'That username is taken. Please try another.');
  return withMetadata(
    {
      ...user,
      username,
      firstName: first_name === undefined ? user.firstName : first_name,
      lastName: last_name === undefined ? user.lastName : last_name,
      passwordHash: password === undefined ? user.passwordHash : hashPassword(password),
    },
    update,
  );
}

/** The user with each metadata that is given in place of the old one. */
export function withMetadata(user: User, update: z.infer<typeof MetadataSchema>): User {
  return {
    ...user,
    publicMetadata: update.public_metadata ?? user.publicMetadata,
    privateMetadata: update.private_metadata ?? user.privateMetadata,
    unsafeMetadata: update.unsafe_metadata ?? user.unsafeMetadata,
    // Later than before even within one millisecond: receivers order events by it.
    updatedAt: Math.max(Date.now(), user.updatedAt + 1),
  };
}
