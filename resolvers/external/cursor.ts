import type { Row, RowOrder, RowPosition } from '../../sources/ports';
import { decodeOpaque, encodeOpaque } from '../opaque';
import { isComparable } from './values';

/** Where a row stands in an order. The order is in it, so that a cursor cannot be used with another one. */
export function encodeCursor(order: RowOrder, row: Row): string {
  return encodeOpaque([...orderKey(order), row[order.column.name], row[order.tiebreaker.name]]);
}

/** The position that a cursor stands for, or `undefined` where it is not one of this order. */
export function decodeCursor(order: RowOrder, cursor: string): RowPosition | undefined {
  const [column, direction, value, tiebreaker, ...rest] = decodeOpaque(cursor) ?? [];
  const [expectedColumn, expectedDirection] = orderKey(order);
  if (column !== expectedColumn || direction !== expectedDirection || rest.length > 0) return undefined;
  if (!isComparable(order.column.type, value) || !isComparable(order.tiebreaker.type, tiebreaker))
    return undefined;
  return { value, tiebreaker };
}

function orderKey({ column, direction }: RowOrder): [column: string, direction: string] {
  return [column.name, direction];
}
