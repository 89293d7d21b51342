import type { BearerConnection } from '../bearer-json';
import type { ExternalRows } from '../ports';
import { createRowsLoader } from '../rows-loader';
import { readRows } from './read';

/** A remote GraphQL API in Hasura's dialect, for one request. */
export function createGraphqlRows(connection: BearerConnection): ExternalRows {
  return createRowsLoader((query, selection) => readRows(connection, query, selection));
}
