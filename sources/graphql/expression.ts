import type { Comparison, RowOrder, RowPosition } from '../ports';

/** A `bool_exp` of Hasura's, which travels as a variable. */
export type BooleanExpression = Readonly<Record<string, unknown>>;

/** What rows have to pass: all of the comparisons. */
export function whereExpression(where: readonly Comparison[]): BooleanExpression {
  return {
    _and: where.map(({ column, operator, value }) => ({ [column.name]: { [`_${operator}`]: value } })),
  };
}

/**
 * Rows after a position: those with a greater (in descending order a smaller) value, and among equal values those
 * with a greater tiebreaker.
 */
export function positionExpression(
  { column, tiebreaker, direction }: RowOrder,
  after: RowPosition,
): BooleanExpression {
  const beyond = direction === 'ASC' ? '_gt' : '_lt';
  return {
    _or: [
      { [column.name]: { [beyond]: after.value } },
      {
        _and: [
          { [column.name]: { _eq: after.value } },
          { [tiebreaker.name]: { [beyond]: after.tiebreaker } },
        ],
      },
    ],
  };
}
