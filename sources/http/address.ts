import type { RowsQuery, RowsSelection } from '../ports';

/** The address of a page. docs/sources.md explains its parameters to whoever serves them. */
export function addressOf(base: string, query: RowsQuery, { columns, totalCount }: RowsSelection): string {
  const { table, where, order, after, limit } = query;
  const parameters = new URLSearchParams();
  if (where.length > 0)
    parameters.set(
      'filter',
      JSON.stringify(where.map(({ column, operator, value }) => [column.name, operator, value])),
    );
  if (columns.length > 0) {
    const direction = order.direction.toLowerCase();
    parameters.set('select', columns.map(({ name }) => name).join(','));
    parameters.set('order', `${order.column.name}.${direction},${order.tiebreaker.name}.${direction}`);
    if (after !== null) parameters.set('after', JSON.stringify([after.value, after.tiebreaker]));
  }
  parameters.set('limit', String(columns.length > 0 ? limit : 0));
  if (totalCount) parameters.set('count', 'true');
  return `${base}/${encodeURIComponent(table)}?${parameters}`;
}
