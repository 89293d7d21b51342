import fc from 'fast-check';
import { type ModelField, type ModelFields, type ModelFilter, type ModelRow, OPERATORS } from './row-model';

/** Pieces of PostgREST's language, of SQL, JSON and URLs, and characters that get lost on the way. */
const PIECES = [
  '"',
  ',',
  '(',
  ')',
  '\\',
  '\\"',
  '\0',
  '%',
  '*',
  '.',
  ':',
  '{',
  '}',
  '[',
  ']',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '&',
  '=',
  '#',
  '+',
  '?',
  '/',
  ';',
  "'",
  "''",
  '--',
  '$1',
  '_',
  '!',
  '~',
  '<',
  '>',
  '|',
  'a',
  'null',
  'true',
  'eq.',
  'not.',
  'in.(',
  'or=(',
  'and(',
  'id.gt.',
  'user_id',
  '::text',
  '->>',
  'é',
  'e\u0301',
  '🧮',
  '\u200b',
  '\ufeff',
  '\u202e',
  '\u0085',
  '\ud800',
  '\udfff',
  '%00',
  '%22',
  '%2C',
  '1.50',
  '1e3',
];

const hostileText = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...PIECES), maxLength: 8 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom('', 'x'.repeat(1_000), '🧮'.repeat(500), '"'.repeat(10_240)) },
);

/** What is a value of no column, whatever its type. */
const nonsense = fc.constantFrom<unknown>({}, { eq: 'a' }, [['a']], [{}]);

const time = fc.oneof(
  fc
    .record({
      date: fc.constantFrom(
        '0001-01-01',
        '1969-12-31',
        '2024-02-29',
        '2026-05-01',
        '9999-12-31',
        '0000-01-01',
        '2026-02-29',
        '2026-02-30',
        '2026-04-31',
        '2026-13-01',
        '2026-00-10',
      ),
      clock: fc.constantFrom(
        '00:00:00',
        '10:00:01',
        '10:00:01.5',
        '23:59:59.999999',
        '24:00:00',
        '23:59:60',
        '10:60:00',
      ),
      zone: fc.constantFrom(
        'Z',
        '+00:00',
        '-00:00',
        '+05:30',
        '-15:59',
        '+16:00',
        '+23:59',
        '+24:00',
        '',
        'z',
        '+05',
      ),
    })
    .map(({ date, clock, zone }) => `${date}T${clock}${zone}`),
  fc.constantFrom(
    'infinity',
    '-infinity',
    'now',
    'epoch',
    '2026-05-01',
    '2026-05-01 10:00:00Z',
    '2026-05-01T10:00:00.1234567Z',
  ),
);

const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    2 ** 31 - 1,
    -(2 ** 31),
    2 ** 31,
    2 ** 53,
    0.1,
    5e-324,
    1.7976931348623157e308,
    1e21,
  ),
);

/** Values to compare a column with: some that rows have, some that are near, many that mean harm. */
export function valueFor(field: ModelField, rows: readonly ModelRow[]): fc.Arbitrary<unknown> {
  const own = fc.constantFrom(...rows.map((row) => row[field.column] ?? null));
  return fc.oneof(
    { weight: 5, arbitrary: own },
    { weight: 6, arbitrary: kindred() },
    { weight: 1, arbitrary: foreign() },
  );

  function kindred(): fc.Arbitrary<unknown> {
    switch (field.type) {
      case 'UUID':
        return fc.oneof(
          fc.uuid(),
          own.map((id) => String(id).toUpperCase()),
          own.map((id) => `{${id}}`),
          hostileText,
        );
      case 'String':
        return fc.oneof(
          hostileText,
          own.map((text) => `"${text}"`),
          own.map((text) => `${text}*`),
          // Two values, if it gets out of its quotes.
          fc
            .tuple(own, fc.constantFrom(',', '","', '\\","', '),title.eq.'), own)
            .map((parts) => parts.join('')),
        );
      case 'Boolean':
        return fc.boolean();
      case 'Int':
      case 'Float':
        return number;
      case 'DateTime':
        return fc.oneof(
          time,
          own.map((at) => String(at).replace('+00:00', 'Z')),
          own.map(elsewhere),
        );
    }
  }

  function foreign(): fc.Arbitrary<unknown> {
    return fc.oneof(nonsense, hostileText, number, fc.boolean());
  }
}

/** The same moment on a clock that is an hour ahead. */
function elsewhere(at: unknown): string {
  return String(at).replace(
    /T(\d\d)(.*)\+00:00$/,
    (_, hour: string, rest: string) => `T${String(Number(hour) + 1).padStart(2, '0')}${rest}+01:00`,
  );
}

/** More values than a filter takes, each of which it would take. */
function tooMany({ column }: ModelField, rows: readonly ModelRow[]): unknown[] {
  const one = rows.find((row) => row[column] !== null)?.[column];
  return Array.from({ length: 101 }, () => one);
}

/** Filters by one to three fields, by all operators that these have. */
export function filterFor(fields: ModelFields, rows: readonly ModelRow[]): fc.Arbitrary<ModelFilter> {
  const conditions = Object.entries(fields).flatMap(([name, field]) =>
    OPERATORS[field.type].map((operator) => {
      const value = valueFor(field, rows);
      const operand =
        operator === 'in'
          ? fc.oneof(
              { weight: 9, arbitrary: fc.array(value, { maxLength: 5 }) },
              { weight: 1, arbitrary: fc.constant(tooMany(field, rows)) },
            )
          : value;
      return operand.map((it) => ({ name, operator, value: it }));
    }),
  );
  return fc.array(fc.oneof(...conditions), { minLength: 1, maxLength: 3 }).map((chosen) => {
    const filter: Record<string, Record<string, unknown>> = {};
    for (const { name, operator, value } of chosen) filter[name] = { ...filter[name], [operator]: value };
    return filter;
  });
}
