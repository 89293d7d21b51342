/** What filters and orders mean, said in JavaScript a second time, to compare the gateway's answers with. */

export type ModelType = 'UUID' | 'String' | 'Boolean' | 'Int' | 'Float' | 'DateTime';
export type ModelOperator = 'eq' | 'in' | 'gt' | 'gte' | 'lt' | 'lte';
export type ModelFilter = Readonly<Record<string, Readonly<Partial<Record<ModelOperator, unknown>>> | null>>;

/** A row as the source gives it. */
export type ModelRow = { readonly id: string } & Readonly<Record<string, string | number | boolean | null>>;

export interface ModelField {
  readonly type: ModelType;
  readonly column: string;
}

/** A resource: its fields by name. */
export type ModelFields = Readonly<Record<string, ModelField>>;

/** The operators that a column of a type can be compared with. */
export const OPERATORS: Readonly<Record<ModelType, readonly ModelOperator[]>> = {
  UUID: ['eq', 'in'],
  String: ['eq', 'in'],
  Boolean: ['eq'],
  Int: ['eq', 'in', 'gt', 'gte', 'lt', 'lte'],
  Float: ['gt', 'gte', 'lt', 'lte'],
  DateTime: ['eq', 'gt', 'gte', 'lt', 'lte'],
};

type Key = string | number | bigint;

/** The rows that pass a filter, in their order; `undefined` where the filter has a value that must be refused. */
export function passing(
  rows: readonly ModelRow[],
  fields: ModelFields,
  filter: ModelFilter,
): readonly ModelRow[] | undefined {
  const conditions: ((row: ModelRow) => boolean)[] = [];
  for (const [name, operators] of Object.entries(filter)) {
    const { type, column } = fieldOf(fields, name);
    for (const [operator, value] of Object.entries(operators ?? {})) {
      if (value === null || value === undefined) continue;
      const values: unknown[] = operator === 'in' && Array.isArray(value) ? value : [value];
      if (values.length > 100) return undefined;
      const keys = values.map((one) => keyOf(type, one));
      if (keys.includes(undefined)) return undefined;
      conditions.push((row) => {
        const own = keyOf(type, row[column]);
        return (
          own !== undefined &&
          keys.some((key) => key !== undefined && holds(operator as ModelOperator, compare(own, key)))
        );
      });
    }
  }
  return rows.filter((row) => conditions.every((condition) => condition(row)));
}

/** The rows by a field and then by id, both in one direction. */
export function sorted(
  rows: readonly ModelRow[],
  fields: ModelFields,
  name: string,
  direction: 'ASC' | 'DESC',
): readonly ModelRow[] {
  const { type, column } = fieldOf(fields, name);
  const key = (row: ModelRow) => keyOf(type, row[column]) ?? '';
  const ascending = rows.toSorted((one, other) => compare(key(one), key(other)) || compare(one.id, other.id));
  return direction === 'ASC' ? ascending : ascending.toReversed();
}

/** The rows behind a place in an order; `undefined` where nothing can stand there. */
export function behind(
  rows: readonly ModelRow[],
  { type, column }: ModelField,
  direction: 'ASC' | 'DESC',
  [value, id]: readonly [unknown, unknown],
): readonly ModelRow[] | undefined {
  const [place, tiebreaker] = [keyOf(type, value), keyOf('UUID', id)];
  if (place === undefined || tiebreaker === undefined) return undefined;
  const sign = direction === 'ASC' ? 1 : -1;
  return rows.filter((row) => {
    const own = compare(keyOf(type, row[column]) ?? '', place) || compare(row.id, tiebreaker);
    return own * sign > 0;
  });
}

/** The field of a name. */
export function fieldOf(fields: ModelFields, name: string): ModelField {
  const field = fields[name];
  if (field === undefined) throw new Error(`The model has no field "${name}".`);
  return field;
}

/** What values of a type are compared by; `undefined` where a value is none of the type. */
function keyOf(type: ModelType, value: unknown): Key | undefined {
  switch (type) {
    case 'UUID':
      return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
        ? value.toLowerCase()
        : undefined;
    case 'String':
      return typeof value === 'string' && value.length <= 1_000 && isText(value) ? value : undefined;
    case 'Boolean':
      return typeof value === 'boolean' ? Number(value) : undefined;
    case 'Int':
      return typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31
        ? value
        : undefined;
    case 'Float':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'DateTime':
      return typeof value === 'string' ? microseconds(value) : undefined;
  }
}

/** Whether PostgreSQL can hold it. */
function isText(value: string): boolean {
  return !value.includes('\0') && Buffer.from(value).toString() === value;
}

/** Microseconds since 1970; `undefined` for what is no time that PostgreSQL takes. */
function microseconds(text: string): bigint | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(
    text,
  );
  if (match === null) return undefined;
  const number = (index: number) => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [offsetHours, offsetMinutes] = [number(9), number(10)];
  const start = new Date(0);
  start.setUTCFullYear(year, month - 1, day);
  if (start.getUTCMonth() !== month - 1 || start.getUTCDate() !== day || year === 0) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 15 || offsetMinutes > 59) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * (match[8] === '-' ? -1 : 1);
  const seconds = start.getTime() / 1_000 + hour * 3_600 + (minute - offset) * 60 + second;
  return BigInt(seconds) * 1_000_000n + BigInt((match[7] ?? '').padEnd(6, '0'));
}

function holds(operator: ModelOperator, order: number): boolean {
  switch (operator) {
    case 'eq':
    case 'in':
      return order === 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
}

/** Texts byte by byte, as the local database sorts. */
function compare(one: Key, other: Key): number {
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return one < other ? -1 : one > other ? 1 : 0;
}
