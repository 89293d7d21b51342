import { badUserInput, type InputIssue } from '../errors/input-errors';
import type { Directory, NameChanges, UserAuth } from '../sources/ports';

/** Longest name that Clerk stores, in characters. */
export const MAX_NAME_LENGTH = 256;

/** Omitted is unchanged; null and "" clear. */
export interface UpdateProfileInput {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
}

// Line breaks and other control or invisible formatting characters have no place in a name.
const FORBIDDEN_CHARACTERS = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/**
 * Changes the caller's own names. Nothing is written unless every value is valid.
 * @throws {GatehouseError} `BAD_USER_INPUT` with an issue for each refused value, or what `Directory.updateUser` throws.
 */
export async function updateProfile(
  auth: UserAuth,
  input: UpdateProfileInput,
  directory: Directory,
): Promise<UserAuth> {
  const issues: InputIssue[] = [];
  const changes: NameChanges = {
    ...change('firstName', input.firstName, issues),
    ...change('lastName', input.lastName, issues),
  };
  if (issues.length > 0) throw badUserInput(issues);
  if (Object.keys(changes).length > 0) await directory.updateUser(auth.userId, changes);
  return auth;
}

function change<K extends keyof NameChanges>(
  field: K,
  value: string | null | undefined,
  issues: InputIssue[],
): NameChanges {
  if (value === undefined) return {};
  const name = value?.trim() ?? '';
  const path = ['input', field];
  if ([...name].length > MAX_NAME_LENGTH)
    issues.push({ path, message: `Must be at most ${MAX_NAME_LENGTH} characters long.` });
  if (FORBIDDEN_CHARACTERS.test(name))
    issues.push({ path, message: 'Must not contain line breaks or other control characters.' });
  return { [field]: name === '' ? null : name };
}
