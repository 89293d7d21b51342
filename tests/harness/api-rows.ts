import { type CryptoKey, jwtVerify } from 'jose';

/** A row of the APIs, as they keep it. */
export interface ApiRow {
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
  readonly created_at: string;
}

/** The rows of each user, by Clerk id. */
export type RowsByUser = Readonly<Record<string, readonly ApiRow[]>>;

/** What an API knows: whose tokens it takes, and whose rows it has. */
export interface ApiData {
  readonly key: CryptoKey;
  readonly rows: RowsByUser;
}

/**
 * The rows of the user whose token it is.
 * @throws {JOSEError} where it is not genuine, or its time is over.
 */
export async function rowsFor({ key, rows }: ApiData, authorization = ''): Promise<readonly ApiRow[]> {
  const { payload } = await jwtVerify(authorization.replace(/^Bearer /, ''), key);
  return rows[payload.sub ?? ''] ?? [];
}

/** Orders two values of a column as a database does: texts byte by byte, timestamps by the time they mean. */
export function compare(one: unknown, other: unknown): number {
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(sortKey(one)), Buffer.from(sortKey(other)));
  return Number(one) - Number(other);
}

/** Timestamps of UTC differ in how many digits they have. */
function sortKey(text: string): string {
  const [, second, fraction = ''] = /^(\d{4}-\S+:\d\d)(?:\.(\d+))?(?:Z|\+00:00)$/.exec(text) ?? [];
  return second === undefined ? text : `${second}.${fraction.padEnd(6, '0')}`;
}

const OPERATORS: Readonly<Record<string, (value: unknown, operand: unknown) => boolean>> = {
  eq: (value, operand) => compare(value, operand) === 0,
  gt: (value, operand) => compare(value, operand) > 0,
  gte: (value, operand) => compare(value, operand) >= 0,
  lt: (value, operand) => compare(value, operand) < 0,
  lte: (value, operand) => compare(value, operand) <= 0,
  in: (value, operand) => Array.isArray(operand) && operand.some((one) => compare(value, one) === 0),
};

/** Whether a row passes `column operator operand`. */
export function passes(row: ApiRow, column: string, operator: string, operand: unknown): boolean {
  const test = OPERATORS[operator];
  if (test === undefined) throw new Error(`No such operator: ${operator}`);
  return test(columnValue(row, column), operand);
}

export function columnValue(row: ApiRow, column: string): unknown {
  if (!Object.hasOwn(row, column)) throw new Error(`No such column: ${column}`);
  return row[column as keyof ApiRow];
}

/** The rows in order: `[['created_at', 'desc'], ['id', 'desc']]`. */
export function sorted(
  rows: readonly ApiRow[],
  order: readonly (readonly [column: string, direction: string])[],
): ApiRow[] {
  return [...rows].sort((one, other) => {
    for (const [column, direction] of order) {
      const difference = compare(columnValue(one, column), columnValue(other, column));
      if (difference !== 0) return direction === 'desc' ? -difference : difference;
    }
    return 0;
  });
}
