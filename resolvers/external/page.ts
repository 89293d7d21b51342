import { badUserInput } from '../../errors/input-errors';
import type { ExternalRows, OrderDirection, Row, RowOrder, UserAuth } from '../../sources/ports';
import { INVALID_CURSOR, type PageArgs, pageSize } from '../page-size';
import { decodeCursor, encodeCursor } from './cursor';
import { ownRowsOnly } from './own-rows';
import { columnOf, columnsOf, type ExternalResource, uniqueColumns } from './resource';
import { type FilterInput, parseFilter } from './where';

export interface ResourceArgs extends PageArgs {
  readonly filter?: FilterInput | null | undefined;
  readonly orderBy?: { readonly field: string; readonly direction: OrderDirection } | null | undefined;
}

/** What the operation selects of a connection. The source is asked for no more. */
export interface ConnectionSelection {
  /** Fields and relations of the nodes. */
  readonly nodeFields: readonly string[];
  /** Whether a cursor is selected, on an edge or in `pageInfo`. */
  readonly cursors: boolean;
  /** Whether anything is selected that depends on the rows: edges or `pageInfo`. */
  readonly rows: boolean;
  readonly totalCount: boolean;
}

/** A Relay connection over rows. Cursors are empty where none was selected. */
export interface RowConnection {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
}

/**
 * Reads a page of a resource that the caller may see.
 * @throws {GatehouseError} `BAD_USER_INPUT` with an issue for each bad argument, or what `ExternalRows.read` throws.
 */
export async function readPage(
  resource: ExternalResource,
  auth: UserAuth,
  args: ResourceArgs,
  selection: ConnectionSelection,
  rows: ExternalRows,
): Promise<RowConnection> {
  const order = orderOf(resource, args.orderBy);
  const { size, issues } = pageSize(args);
  const filter = parseFilter(resource, args.filter);
  issues.push(...filter.issues);
  const after = args.after == null ? null : decodeCursor(order, args.after);
  if (after === undefined) issues.push(INVALID_CURSOR);
  if (issues.length > 0 || after === undefined) throw badUserInput(issues);

  const page = await rows.read(
    {
      table: resource.table,
      where: [...ownRowsOnly(resource, auth), ...filter.where],
      order,
      after,
      // One more than the page holds tells whether there is a next one.
      limit: size + 1,
    },
    { columns: columnsFor(resource, order, selection), totalCount: selection.totalCount },
  );

  const edges = page.rows
    .slice(0, size)
    .map((node) => ({ cursor: selection.cursors ? encodeCursor(order, node) : '', node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: page.rows.length > size,
      hasPreviousPage: after !== null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: page.totalCount,
  };
}

function orderOf(resource: ExternalResource, orderBy: ResourceArgs['orderBy']): RowOrder {
  const { field, direction } = orderBy ?? resource.defaultOrder;
  return { column: columnOf(resource, field), tiebreaker: columnOf(resource, resource.key), direction };
}

function columnsFor(resource: ExternalResource, order: RowOrder, selection: ConnectionSelection) {
  const columns = columnsOf(resource, selection.nodeFields);
  if (selection.cursors) columns.push(order.column, order.tiebreaker);
  // Rows are counted even where nothing of them is shown, as for `pageInfo { hasNextPage }`.
  if (columns.length === 0 && selection.rows) columns.push(order.tiebreaker);
  return uniqueColumns(columns);
}
