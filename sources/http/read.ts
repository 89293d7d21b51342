import { z } from 'zod';
import { badUserInput } from '../../errors/input-errors';
import { type BearerConnection, fetchJson } from '../bearer-json';
import type { RowsPage, RowsQuery, RowsSelection } from '../ports';
import { parseAnswer, parseCount, parseRows } from '../rows';
import { addressOf } from './address';

/** Node and most servers give up on a request whose first line and headers weigh more than 16 KiB; a token is in them too. */
const MAX_ADDRESS_LENGTH = 12_000;

const PAGE = z.object({ rows: z.unknown().optional(), totalCount: z.unknown().optional() });
const EXPIRY = z.object({ error: z.literal('token_expired') });

/**
 * Reads a page: one call.
 * @throws {GatehouseError} as `ExternalRows.read` says: `BAD_USER_INPUT` where the filter does not fit into an address.
 */
export async function readRows(
  connection: BearerConnection,
  query: RowsQuery,
  selection: RowsSelection,
): Promise<RowsPage> {
  const { source, url } = connection;
  const address = addressOf(url, query, selection);
  if (address.length > MAX_ADDRESS_LENGTH)
    throw badUserInput([{ path: ['filter'], message: 'Is too long for the source: compare with less.' }]);

  const { body } = await fetchJson(connection, {
    call: query.table,
    address,
    isExpiry: (answer) => EXPIRY.safeParse(answer).success,
  });
  const page = parseAnswer(source, PAGE, body);
  return {
    rows: selection.columns.length > 0 ? parseRows(source, page.rows, selection.columns) : [],
    totalCount: selection.totalCount ? parseCount(source, page.totalCount) : null,
  };
}
