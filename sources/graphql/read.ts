import { z } from 'zod';
import { type BearerConnection, fetchJson } from '../bearer-json';
import type { RowsPage, RowsQuery, RowsSelection } from '../ports';
import { parseAnswer, parseCount, parseRows } from '../rows';
import { operationFor } from './document';
import { failureOf, isExpiry } from './failure';

const ANSWER = z.object({ data: z.object({ rows: z.unknown().optional(), total: z.unknown().optional() }) });
const TOTAL = z.object({ aggregate: z.object({ count: z.unknown() }) });

/**
 * Reads a page: one call.
 * @throws {GatehouseError} as `ExternalRows.read` says.
 */
export async function readRows(
  connection: BearerConnection,
  query: RowsQuery,
  selection: RowsSelection,
): Promise<RowsPage> {
  const { source, url } = connection;
  const answer = await fetchJson(connection, {
    call: query.table,
    address: url,
    body: operationFor(query, selection),
    isExpiry,
  });
  const failure = failureOf(source, answer);
  if (failure !== undefined) throw failure;

  const { rows, total } = parseAnswer(source, ANSWER, answer.body).data;
  return {
    rows: selection.columns.length > 0 ? parseRows(source, rows, selection.columns) : [],
    totalCount: selection.totalCount
      ? parseCount(source, parseAnswer(source, TOTAL, total).aggregate.count)
      : null,
  };
}
