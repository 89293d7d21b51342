import { PostgrestClient } from '@supabase/postgrest-js';
import { boundedFetch, type SourceRequest } from '../bounded-fetch';
import { type Observe, observed } from '../observe';
import type { RowsPage, RowsQuery, RowsSelection } from '../ports';
import { parseCount, parseRows } from '../rows';
import { failureOf, SOURCE } from './failure';
import { keysetFilter, toFilter } from './filter';

/** How one request reaches the project. */
export interface Connection {
  /** Base URL of the project, without `/rest/v1`. */
  readonly url: string;
  /** The project's anonymous (publishable) key, which opens the door but sees nothing by itself. */
  readonly anonKey: string;
  /** The caller's token, which row-level security goes by. */
  token(): Promise<string>;
  /** Fires at the request's deadline, or when the caller goes away. */
  readonly signal: AbortSignal;
  readonly observe: Observe;
}

/**
 * Reads a page: one call, and a second one only where the total is wanted of a page that starts in the middle.
 * @throws {GatehouseError} as `ExternalRows.read` says.
 */
export async function readRows(
  connection: Connection,
  query: RowsQuery,
  selection: RowsSelection,
): Promise<RowsPage> {
  const token = await connection.token();
  const wantsRows = selection.columns.length > 0;
  if (!wantsRows || query.after === null) return send(connection, token, query, selection);

  const [page, count] = await Promise.all([
    send(connection, token, query, { ...selection, totalCount: false }),
    selection.totalCount
      ? send(connection, token, { ...query, after: null }, { columns: [], totalCount: true })
      : { totalCount: null },
  ]);
  return { rows: page.rows, totalCount: count.totalCount };
}

async function send(
  { url, anonKey, signal, observe }: Connection,
  token: string,
  { table, where, order, after, limit }: RowsQuery,
  { columns, totalCount }: RowsSelection,
): Promise<RowsPage> {
  let retryAfter: string | null = null;
  const fetchBounded = boundedFetch(signal);
  const client = new PostgrestClient(`${url}/rest/v1`, {
    headers: { apikey: anonKey, authorization: `Bearer ${token}` },
    // Its default turns a dead source into four calls and seven seconds.
    retry: false,
    fetch: async (address, init) => {
      const response = await fetchBounded(String(address), init as SourceRequest);
      retryAfter = response.headers.get('retry-after');
      return response;
    },
  });

  const head = columns.length === 0;
  let request = client.from(table).select(head ? '*' : columns.map(({ name }) => name).join(','), {
    head,
    ...(totalCount ? { count: 'exact' as const } : {}),
  });
  for (const comparison of where) {
    const { column, operator, operand } = toFilter(comparison);
    request = request.filter(column, operator, operand);
  }
  if (after !== null) request = request.or(keysetFilter(order, after));

  const ascending = order.direction === 'ASC';
  const sortedBy = new Set([order.column.name, order.tiebreaker.name]);
  if (!head) for (const name of sortedBy) request = request.order(name, { ascending });
  const answer = await observed(observe, SOURCE, table, async () => (head ? request : request.limit(limit)));
  if (answer.status < 200 || answer.status >= 300) throw failureOf(answer, retryAfter, signal);
  return {
    rows: head ? [] : parseRows(SOURCE, answer.data, columns),
    totalCount: totalCount ? parseCount(SOURCE, answer.count) : null,
  };
}
