import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type InstanceKeys, InstanceKeysSchema } from './keys';
import { type State, StateSchema } from './state';

const SavedSchema = z.object({ version: z.literal(1), keys: InstanceKeysSchema, state: StateSchema });

/** What a state file holds. */
export interface Saved {
  readonly keys: InstanceKeys;
  readonly state: State;
}

/**
 * The state that an earlier start left in the file; undefined when there is no such file.
 *
 * @throws {Error} naming the file when it holds anything else.
 */
export function readStateFile(path: string): Saved | undefined {
  const text = readIfPresent(path);
  if (text === undefined) return undefined;
  try {
    return SavedSchema.parse(JSON.parse(text));
  } catch (cause) {
    const problem = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new Error(`${path} is not a local Clerk's state: ${problem}. Delete it to start afresh.`, {
      cause,
    });
  }
}

/** Replaces the file in one step, so that a reader never finds half a state. Only its owner may read it: it holds a private key. */
export function writeStateFile(path: string, { keys, state }: Saved): void {
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, `${JSON.stringify({ version: 1, keys, state }, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
