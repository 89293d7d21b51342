import { LRUCache } from 'lru-cache';
import { GatehouseError } from '../../errors/gatehouse-error';
import { noSuchObject } from './coded-error';
import { type Waiting, waitFor } from './wait';

/** Something that Clerk keeps, in the state it was last changed to. */
export interface VersionedRecord {
  readonly id: string;
  readonly updatedAt: Date;
}

export interface RecordCacheOptions {
  /** For how long a record is answered without asking Clerk, in milliseconds. 0: never. */
  readonly freshMs: number;
  /** For how long a record is still answered while Clerk does not answer, in milliseconds. 0: never. */
  readonly staleMs: number;
}

/** A record, and how old what is known of it is. */
export interface RecordAnswer<T> {
  readonly record: T;
  /** Milliseconds since Clerk told it; null where it is as recent as promised. */
  readonly staleForMs: number | null;
}

/** Who wants a record. */
export interface RecordRequest extends Waiting {
  /** When the record last changed as far as the caller's token knows; null where it does not say. */
  readonly changedAt: Date | null;
}

/** Records of one kind by their ids, remembered for the whole process. */
export interface RecordCache<T> {
  /** @throws {GatehouseError} `NOT_FOUND`, or what fetching throws. */
  load(id: string, request: RecordRequest): Promise<RecordAnswer<T>>;
  /** A state that Clerk told. An older one than is known changes nothing. */
  learn(record: T): void;
  /** The record was deleted: an earlier state of it that arrives late does not bring it back. */
  forget(id: string): void;
}

/** Records that are remembered, of about a kilobyte each. */
const MAX_RECORDS = 10_000;

/** What is remembered: null stands for a record that was deleted. */
interface Entry<T> {
  readonly record: T | null;
  readonly learnedAt: number;
}

/**
 * @param kind what the records are, for the observer: `users`.
 * @param fetch asks Clerk. Records that are wanted several times at once are to be asked for once.
 */
export function createRecordCache<T extends VersionedRecord>(
  kind: string,
  fetch: (id: string) => Promise<T>,
  { freshMs, staleMs }: RecordCacheOptions,
): RecordCache<T> {
  const entries = new LRUCache<string, Entry<T>>({ max: MAX_RECORDS });
  const remembers = freshMs > 0 || staleMs > 0;

  function keep(record: T): T {
    if (remembers) entries.set(record.id, { record, learnedAt: Date.now() });
    return record;
  }

  /** What somebody tells may be old, and says nothing of how things are now. */
  function learn(record: T): void {
    const known = entries.get(record.id);
    if (known === undefined || (known.record !== null && known.record.updatedAt < record.updatedAt))
      keep(record);
  }

  /** What Clerk answers holds, unless something newer was learned while it was on its way. */
  function learnAnswer(record: T): T {
    const known = entries.get(record.id);
    const isRecent = known !== undefined && Date.now() - known.learnedAt < freshMs;
    if (isRecent && known.record === null) return record;
    return isRecent && known.record !== null && known.record.updatedAt > record.updatedAt
      ? known.record
      : keep(record);
  }

  /** A token that says when the record last changed decides; otherwise age does. */
  function isFresh({ record, learnedAt }: Entry<T>, changedAt: Date | null): boolean {
    if (freshMs === 0) return false;
    if (record !== null && changedAt !== null) return record.updatedAt >= changedAt;
    return Date.now() - learnedAt < freshMs;
  }

  function staleAnswer(id: string): RecordAnswer<T> | undefined {
    const known = entries.get(id);
    if (!known?.record) return undefined;
    const staleForMs = Date.now() - known.learnedAt;
    return staleForMs <= staleMs ? { record: known.record, staleForMs } : undefined;
  }

  return {
    async load(id, request) {
      const entry = entries.get(id);
      if (entry !== undefined && isFresh(entry, request.changedAt)) {
        if (entry.record === null) throw noSuchObject();
        return { record: entry.record, staleForMs: null };
      }
      try {
        const record = await waitFor(request, kind, () => fetch(id));
        return { record: learnAnswer(record), staleForMs: null };
      } catch (error) {
        const answer = isNotFound(error) ? undefined : staleAnswer(id);
        if (answer === undefined) throw error;
        return answer;
      }
    },
    learn,
    forget(id) {
      if (remembers) entries.set(id, { record: null, learnedAt: Date.now() });
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof GatehouseError && error.code === 'NOT_FOUND';
}
