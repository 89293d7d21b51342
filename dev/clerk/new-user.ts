import { initialsAvatar } from './avatars';
import { newId } from './ids';
import type { User } from './state';

/** A user that has an email address and nothing else. It counts once it is applied to the store. */
export function newUser(email: string): User {
  const now = Date.now();
  return {
    id: newId('user'),
    email,
    emailId: newId('idn'),
    username: null,
    firstName: null,
    lastName: null,
    imageUrl: initialsAvatar(email),
    passwordHash: null,
    publicMetadata: {},
    privateMetadata: {},
    unsafeMetadata: {},
    plan: 'free',
    createdAt: now,
    updatedAt: now,
    lastSignInAt: null,
  };
}
