import type { InputIssue } from '../../errors/input-errors';
import type { Column, Comparison, ComparisonOperator } from '../../sources/ports';
import { columnOf, type ExternalResource } from './resource';
import { isComparable, MAX_TEXT_LENGTH } from './values';

/** Most values that `in` takes. */
export const MAX_LIST_LENGTH = 100;

/** `{ field: { operator: value } }`. What is left out or null does not restrict. */
export type FilterInput = Readonly<Record<string, Readonly<Record<string, unknown>> | null | undefined>>;

/** The comparisons that a filter asks for, all of which a row must pass, and an issue for each refused value. */
export function parseFilter(
  resource: ExternalResource,
  filter: FilterInput | null | undefined,
): { where: Comparison[]; issues: InputIssue[] } {
  const where: Comparison[] = [];
  const issues: InputIssue[] = [];
  for (const [field, operators] of Object.entries(filter ?? {})) {
    const column = columnOf(resource, field);
    for (const [operator, value] of Object.entries(operators ?? {})) {
      if (value == null) continue;
      const message = issueWith(column, value);
      if (message !== undefined) issues.push({ path: ['filter', field, operator], message });
      else
        where.push({ column, operator: operator as ComparisonOperator, value: value as Comparison['value'] });
    }
  }
  return { where, issues };
}

function issueWith(column: Column, value: unknown): string | undefined {
  const values = Array.isArray(value) ? value : [value];
  if (values.length > MAX_LIST_LENGTH) return `Must have at most ${MAX_LIST_LENGTH} values.`;
  if (values.some((one) => typeof one === 'string' && one.length > MAX_TEXT_LENGTH))
    return `Must be at most ${MAX_TEXT_LENGTH} characters long.`;
  if (!values.every((one) => isComparable(column.type, one)))
    return `Must be a value that a column of type ${column.type} can have.`;
  return undefined;
}
