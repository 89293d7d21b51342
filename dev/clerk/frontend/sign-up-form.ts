import { z } from 'zod';
import { initialsAvatar } from '../avatars';
import { newUser } from '../new-user';
import { hashPassword } from '../passwords';
import { findUser } from '../queries';
import type { SignUpAttempt, State, User } from '../state';
import { formError } from './errors';
import { metadataField, nameField } from './fields';

const PASSWORD_LENGTH = 8;

/** What a sign-up takes, all at once or in steps. */
export const SignUpFormSchema = z.object({
  email_address: z.string().trim().toLowerCase().optional(),
  password: z.string().optional(),
  first_name: nameField.optional(),
  last_name: nameField.optional(),
  unsafe_metadata: metadataField.optional(),
});

/** The sign-up with what the form says. @throws {ClerkError} 422 when the email address or the password will not do. */
export function updatedSignUp(
  state: State,
  attempt: SignUpAttempt,
  form: z.infer<typeof SignUpFormSchema>,
): SignUpAttempt {
  const { email_address: email = attempt.email, password, first_name, last_name } = form;
  if (email !== null && !z.email().safeParse(email).success)
    throw formError(
      'form_param_format_invalid',
      'email_address',
      'Email address must be a valid email address.',
    );
  if (email !== null) refuseTaken(state, email);
  return {
    ...attempt,
    email,
    passwordHash: password === undefined ? attempt.passwordHash : hashNewPassword(password),
    firstName: first_name === undefined ? attempt.firstName : first_name,
    lastName: last_name === undefined ? attempt.lastName : last_name,
    unsafeMetadata: form.unsafe_metadata ?? attempt.unsafeMetadata,
    // A code for one address says nothing of another.
    codeSent: attempt.codeSent && email === attempt.email,
  };
}

/** The user that a sign-up leads to. @throws {ClerkError} 422 when the email address was taken in the meantime. */
export function userOf(state: State, { email, ...attempt }: SignUpAttempt): User {
  if (email === null)
    throw formError('form_param_missing', 'email_address', 'email_address must be included');
  refuseTaken(state, email);
  const { firstName, lastName, passwordHash, unsafeMetadata } = attempt;
  const user = newUser(email);
  return {
    ...user,
    firstName,
    lastName,
    passwordHash,
    unsafeMetadata,
    imageUrl: initialsAvatar([firstName, lastName].filter((name) => name !== null).join(' ') || email),
    lastSignInAt: user.createdAt,
  };
}

/** @throws {ClerkError} 422 */
export function hashNewPassword(password: string): string {
  if (password.length < PASSWORD_LENGTH)
    throw formError(
      'form_password_length_too_short',
      'password',
      `Passwords must be ${PASSWORD_LENGTH} characters or more.`,
    );
  return hashPassword(password);
}

function refuseTaken(state: State, email: string): void {
  if (findUser(state, email) !== undefined)
    throw formError(
      'form_identifier_exists',
      'email_address',
      'That email address is taken. Please try another.',
    );
}
