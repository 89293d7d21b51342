import type { ColumnType } from '../../sources/ports';
import { isTimestamp } from './timestamp';

/** Longest text that can be compared with, in characters: it travels in the address of a request. */
export const MAX_TEXT_LENGTH = 1_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a value from outside may be compared with a column of the type. */
export function isComparable(type: ColumnType, value: unknown): value is string | number | boolean {
  switch (type) {
    case 'UUID':
      return typeof value === 'string' && UUID.test(value);
    case 'DateTime':
      return typeof value === 'string' && isTimestamp(value);
    case 'ID':
    case 'String':
      // PostgreSQL cannot hold NUL, nor half of a surrogate pair.
      return typeof value === 'string' && !value.includes('\0') && isWellFormed(value);
    case 'Int':
      // GraphQL's: 32 bits, and not more than the column holds.
      return typeof value === 'number' && (value | 0) === value;
    case 'Float':
      return Number.isFinite(value);
    case 'Boolean':
      return typeof value === 'boolean';
  }
}

function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}
