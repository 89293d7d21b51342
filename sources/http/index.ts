import type { BearerConnection } from '../bearer-json';
import type { ExternalRows } from '../ports';
import { createRowsLoader } from '../rows-loader';
import { readRows } from './read';

/** An API that serves rows over HTTP as docs/sources.md says, for one request. */
export function createHttpRows(connection: BearerConnection): ExternalRows {
  return createRowsLoader((query, selection) => readRows(connection, query, selection));
}
