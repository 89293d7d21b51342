import type { ClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import DataLoader from 'dataloader';
import { badUserInput, type InputIssue } from '../../errors/input-errors';
import type { Deadline } from '../deadline';
import { type Observe, observed } from '../observe';
import type { Auth, Directory, NameChanges, OrganizationRecord, UserRecord } from '../ports';
import type { BackendApi, CallKind } from './backend-api';
import { CLERK } from './coded-error';
import type { ProfileBudget } from './profile-budget';
import type { RecordAnswer, RecordCache } from './record-cache';
import {
  parseMembers,
  parseMemberships,
  parseOrganizationUsage,
  parseSession,
  parseSessions,
  parseUser,
} from './records';

/** Sessions that are listed at most. */
const MAX_SESSIONS = 100;

/** What the directories of all requests share. */
export interface DirectorySources {
  readonly client: ClerkClient;
  readonly api: BackendApi;
  readonly users: RecordCache<UserRecord>;
  readonly organizations: RecordCache<OrganizationRecord>;
  readonly profileBudget: ProfileBudget;
}

/** The request that a directory works for. */
export interface DirectoryRequest {
  readonly auth: Auth;
  readonly deadline: Deadline;
  readonly observe: Observe;
  /** Is told of each record that is older than promised, with its age in milliseconds. */
  onStale(ageMs: number): void;
}

/** The directory of one request: within it a record does not change, unless the request changes it. */
export function createDirectory(
  { client, api, users, organizations, profileBudget }: DirectorySources,
  { auth, deadline, observe, onStale }: DirectoryRequest,
): Directory {
  const waiting = { deadline, observe };
  const call = <T>(name: string, kind: CallKind, send: () => Promise<T>) =>
    observed(observe, CLERK, name, () => api.call(kind, deadline, send));
  const read = <T>(name: string, send: () => Promise<T>) => call(name, 'read', send);

  function recordOf<T>({ record, staleForMs }: RecordAnswer<T>): T {
    if (staleForMs !== null) onStale(staleForMs);
    return record;
  }

  const userLoader = oncePerKey(async (id) => {
    const changedAt = auth.kind === 'user' && auth.userId === id ? auth.userUpdatedAt : null;
    return recordOf(await users.load(id, { ...waiting, changedAt }));
  });
  const organizationLoader = oncePerKey(async (id) =>
    recordOf(await organizations.load(id, { ...waiting, changedAt: null })),
  );
  const usageLoader = oncePerKey((organizationId) =>
    read('organization usage', async () =>
      parseOrganizationUsage(
        await client.organizations.getOrganization({ organizationId, includeMembersCount: true }),
      ),
    ),
  );

  return {
    user: (id) => userLoader.load(id),
    organization: (id) => organizationLoader.load(id),
    organizationUsage: (id) => usageLoader.load(id),

    async updateUser(id, changes) {
      await profileBudget.spend(id);
      // A read that is still on its way could bring the old names after the new ones were written.
      userLoader.clear(id);
      const updated = await call('update user', 'write', async () =>
        parseUser(await patchNames(client, id, changes)),
      );
      users.learn(updated);
      userLoader.clear(id).prime(id, updated);
      return updated;
    },

    memberships: (userId, { offset, limit }) =>
      read('memberships', async () =>
        parseMemberships(await client.users.getOrganizationMembershipList({ userId, offset, limit })),
      ),

    members: (organizationId, { offset, limit }) =>
      read('members', async () =>
        parseMembers(
          await client.organizations.getOrganizationMembershipList({ organizationId, offset, limit }),
        ),
      ),

    activeSessions: (userId) =>
      read('sessions', async () => {
        const list = await client.sessions.getSessionList({ userId, status: 'active', limit: MAX_SESSIONS });
        return parseSessions(list).items;
      }),
    session: (id) => read('session', async () => parseSession(await client.sessions.getSession(id))),
    revokeSession: (id) =>
      call('revoke session', 'write', async () => parseSession(await client.sessions.revokeSession(id))),
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
