import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import DataLoader from 'dataloader';
import { badUserInput, type InputIssue } from '../../errors/input-errors';
import type { Directory, NameChanges } from '../ports';
import { callClerk } from './call';
import {
  parseMembers,
  parseMemberships,
  parseOrganization,
  parseOrganizationUsage,
  parseSession,
  parseSessions,
  parseUser,
} from './records';

/** Sessions that are listed at most. */
const MAX_SESSIONS = 100;

/**
 * The directory of one request: loaders live as long as it does, so nothing is shared between callers.
 * @param signal fires at the request's deadline, or when the caller goes away.
 */
export function createDirectory(client: ClerkClient, signal: AbortSignal): Directory {
  const call = <T>(send: () => Promise<T>) => callClerk(signal, send);

  const users = oncePerKey((id) => call(async () => parseUser(await client.users.getUser(id))));
  const organizations = oncePerKey((organizationId) =>
    call(async () => parseOrganization(await client.organizations.getOrganization({ organizationId }))),
  );
  const usages = oncePerKey((organizationId) =>
    call(async () =>
      parseOrganizationUsage(
        await client.organizations.getOrganization({ organizationId, includeMembersCount: true }),
      ),
    ),
  );

  return {
    user: (id) => users.load(id),
    organization: (id) => organizations.load(id),
    organizationUsage: (id) => usages.load(id),

    async updateUser(id, changes) {
      // A read that is still on its way could bring the old names after the new ones were written.
      users.clear(id);
      const updated = await call(async () => parseUser(await patchNames(client, id, changes)));
      users.clear(id).prime(id, updated);
      return updated;
    },

    memberships: (userId, { offset, limit }) =>
      call(async () =>
        parseMemberships(await client.users.getOrganizationMembershipList({ userId, offset, limit })),
      ),

    members: (organizationId, { offset, limit }) =>
      call(async () =>
        parseMembers(
          await client.organizations.getOrganizationMembershipList({ organizationId, offset, limit }),
        ),
      ),

    activeSessions: (userId) =>
      call(async () => {
        const list = await client.sessions.getSessionList({ userId, status: 'active', limit: MAX_SESSIONS });
        return parseSessions(list).items;
      }),
    session: (id) => call(async () => parseSession(await client.sessions.getSession(id))),
    revokeSession: (id) => call(async () => parseSession(await client.sessions.revokeSession(id))),
  };
}

function oncePerKey<T>(load: (key: string) => Promise<T>): DataLoader<string, T> {
  return new DataLoader<string, T>((keys) =>
    Promise.all(keys.map((key) => load(key).catch((error: Error) => error))),
  );
}

async function patchNames(client: ClerkClient, id: string, changes: NameChanges): Promise<unknown> {
  try {
    // Clerk's API clears a name with an empty text and takes null for "unchanged".
    return await client.users.updateUser(id, {
      ...(changes.firstName === undefined ? {} : { firstName: changes.firstName ?? '' }),
      ...(changes.lastName === undefined ? {} : { lastName: changes.lastName ?? '' }),
    });
  } catch (error) {
    const issues = refusedParameters(error);
    if (issues.length > 0) throw badUserInput(issues);
    throw error;
  }
}

const PARAMETERS: Readonly<Record<string, string>> = { first_name: 'firstName', last_name: 'lastName' };

/** What Clerk itself refuses (422), such as a rule of the instance that the gateway does not know. */
function refusedParameters(error: unknown): InputIssue[] {
  if (!isClerkAPIResponseError(error) || error.status !== 422) return [];
  return error.errors.flatMap(({ meta }) => {
    const field = meta?.paramName === undefined ? undefined : PARAMETERS[meta.paramName];
    return field === undefined ? [] : [{ path: ['input', field], message: 'This value is not accepted.' }];
  });
}
