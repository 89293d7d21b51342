import DataLoader from 'dataloader';
import type { Column, ExternalRows, RowsPage, RowsQuery, RowsSelection } from './ports';

/** Reads a page from a source: a call or two. */
export type ReadRows = (query: RowsQuery, selection: RowsSelection) => Promise<RowsPage>;

interface Request {
  readonly query: RowsQuery;
  readonly selection: RowsSelection;
}

/** The rows of a source for one request, each page of them read once. */
export function createRowsLoader(read: ReadRows): ExternalRows {
  const pages = new DataLoader<Request, RowsPage, string>((requests) => readTogether(read, requests), {
    cacheKeyFn: (request) => JSON.stringify(request),
  });
  return { read: (query, selection) => pages.load({ query, selection }) };
}

/** Requests for the same rows become one call, for the columns of all of them. */
function readTogether(read: ReadRows, requests: readonly Request[]): Promise<(RowsPage | Error)[]> {
  const selections = new Map<string, RowsSelection>();
  for (const { query, selection } of requests) {
    const key = JSON.stringify(query);
    selections.set(key, union(selections.get(key) ?? NOTHING, selection));
  }
  const calls = new DataLoader<RowsQuery, RowsPage, string>(
    (queries) =>
      Promise.all(
        queries.map(async (query) => {
          const selection = selections.get(JSON.stringify(query)) ?? NOTHING;
          if (selection.columns.length === 0 && !selection.totalCount) return NO_PAGE;
          return read(query, selection).catch((error: Error) => error);
        }),
      ),
    { cacheKeyFn: (query) => JSON.stringify(query) },
  );
  return calls.loadMany(requests.map(({ query }) => query));
}

const NOTHING: RowsSelection = { columns: [], totalCount: false };

/** What nobody asked for costs no call. */
const NO_PAGE: RowsPage = { rows: [], totalCount: null };

function union(one: RowsSelection, other: RowsSelection): RowsSelection {
  const columns = new Map<string, Column>();
  for (const column of [...one.columns, ...other.columns]) columns.set(column.name, column);
  return { columns: [...columns.values()], totalCount: one.totalCount || other.totalCount };
}
