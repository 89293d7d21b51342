import type { ActiveOrganization, Directory, MemberRecord } from '../sources/ports';
import { type OffsetConnection, offsetConnection } from './offset-connection';
import type { PageArgs } from './page-size';

/** An organization as its member sees it. `name` is there where it is known already. */
export interface MemberOrganization extends ActiveOrganization {
  readonly name?: string;
}

/** The organizations that a user is a member of. */
export function organizationsOf(
  userId: string,
  args: PageArgs,
  directory: Directory,
): OffsetConnection<MemberOrganization> {
  return offsetConnection(
    args,
    (page) => directory.memberships(userId, page),
    ({ organization, role, permissions }) => ({ ...organization, role, permissions }),
  );
}

/** The members of an organization. Who may see them is up to the schema. */
export function membersOf(
  { id }: MemberOrganization,
  args: PageArgs,
  directory: Directory,
): OffsetConnection<MemberRecord> {
  return offsetConnection(
    args,
    (page) => directory.members(id, page),
    (member) => member,
  );
}
