import type { ColumnValue, Comparison, RowOrder, RowPosition } from '../ports';

/** PostgREST's own operators: `column=operator.operand`. */
export interface Filter {
  readonly column: string;
  readonly operator: string;
  readonly operand: string;
}

/** A comparison in PostgREST's language. The value cannot become a part of it. */
export function toFilter({ column, operator, value }: Comparison): Filter {
  return {
    column: column.name,
    operator,
    // A single value runs to the end of its query parameter: nothing in it needs quoting.
    operand: isList(value) ? `(${value.map(quote).join(',')})` : String(value),
  };
}

/**
 * Rows after a position: those with a greater (in descending order a smaller) value, and among equal values those
 * with a greater tiebreaker.
 */
export function keysetFilter({ column, tiebreaker, direction }: RowOrder, after: RowPosition): string {
  const operator = direction === 'ASC' ? 'gt' : 'lt';
  const value = quote(after.value);
  return (
    `${column.name}.${operator}.${value},` +
    `and(${column.name}.eq.${value},${tiebreaker.name}.${operator}.${quote(after.tiebreaker)})`
  );
}

function isList(value: Comparison['value']): value is readonly ColumnValue[] {
  return Array.isArray(value);
}

/** https://docs.postgrest.org/en/stable/references/api/url_grammar.html#reserved-characters */
function quote(value: ColumnValue): string {
  return `"${String(value).replace(/[\\"]/g, '\\$&')}"`;
}
