import type { ClerkClient } from '@clerk/backend';
import type { UserRecord } from '../ports';
import type { BackendApi } from './backend-api';
import { createBatches } from './batches';
import { noSuchObject } from './coded-error';
import { parseUser } from './records';

/** Ids that Clerk takes in one call. */
const BATCH_SIZE = 100;

/** Calls for users on their way at the same time. */
const BATCH_CONCURRENCY = 2;

/** Fetches users, those of different requests together. */
export function createUserFetch(client: ClerkClient, api: BackendApi): (id: string) => Promise<UserRecord> {
  return createBatches<UserRecord>({
    size: BATCH_SIZE,
    concurrency: BATCH_CONCURRENCY,
    async load(ids) {
      const [only] = ids;
      // The SDK's list costs two calls: it asks for the total as well, whether or not anybody wants it.
      return ids.length === 1 && only !== undefined ? [await one(only)] : list(ids);
    },
  });

  function one(id: string): Promise<UserRecord | Error> {
    return api
      .sharedRead(async () => parseUser(await client.users.getUser(id)))
      .catch((error: Error) => error);
  }

  async function list(ids: readonly string[]): Promise<(UserRecord | Error)[]> {
    const records = await api.sharedRead(async () => {
      const { data } = await client.users.getUserList({ userId: [...ids], limit: ids.length });
      return new Map(data.map((user) => [user.id, parseUser(user)]));
    });
    return ids.map((id) => records.get(id) ?? noSuchObject());
  }
}
