import { assertName } from 'graphql';
import type { RowsQuery, RowsSelection } from '../ports';
import { type BooleanExpression, positionExpression, whereExpression } from './expression';

/** An operation and its variables. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Reads a page, its total, or both, in one operation. Every value travels as a variable: the text holds names only, and
 * nothing but what GraphQL calls a name.
 * @throws {Error} where a table or a column has a name that is none in GraphQL.
 */
export function operationFor(query: RowsQuery, { columns, totalCount }: RowsSelection): Operation {
  const table = assertName(query.table);
  const declared: string[] = [];
  const fields: string[] = [];
  const variables: Record<string, unknown> = {};
  const where = whereExpression(query.where);
  if (columns.length > 0) {
    declared.push(`$page: ${table}_bool_exp!`, `$order: [${table}_order_by!]!`, '$limit: Int!');
    fields.push(
      `rows: ${table}(where: $page, order_by: $order, limit: $limit) { ${columns.map(({ name }) => assertName(name)).join(' ')} }`,
    );
    variables.page = pageExpression(where, query);
    variables.order = orderOf(query);
    variables.limit = query.limit;
  }
  if (totalCount) {
    declared.push(`$all: ${table}_bool_exp!`);
    fields.push(`total: ${table}_aggregate(where: $all) { aggregate { count } }`);
    variables.all = where;
  }
  return { query: `query Rows(${declared.join(', ')}) { ${fields.join(' ')} }`, variables };
}

function pageExpression(where: BooleanExpression, { order, after }: RowsQuery): BooleanExpression {
  return after === null ? where : { _and: [where, positionExpression(order, after)] };
}

/** A list, since the fields of one object have no order. */
function orderOf({ order: { column, tiebreaker, direction } }: RowsQuery): object[] {
  const word = direction === 'ASC' ? 'asc' : 'desc';
  return [{ [column.name]: word }, { [tiebreaker.name]: word }];
}
