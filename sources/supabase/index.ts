import type { ExternalRows } from '../ports';
import { createRowsLoader } from '../rows-loader';
import { type Connection, readRows } from './read';

export type { Connection } from './read';

/** A Supabase project's Data API for one request. */
export function createSupabaseRows(connection: Connection): ExternalRows {
  return createRowsLoader((query, selection) => readRows(connection, query, selection));
}
