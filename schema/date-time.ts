import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { builder } from './builder';

/** RFC 3339 with a time zone; fractions of a second down to the microsecond. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/;

/** PostgreSQL's own spelling: a space for the T, and an offset that may leave out its minutes. */
const POSTGRESQL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,6})?)(Z|[+-]\d\d)(?::?(\d\d))?$/;

export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description:
    'A point in time as RFC 3339 writes it, such as `2026-11-25T09:30:00.000Z`. Sources may give microseconds.',
  specifiedByURL: 'https://datatracker.ietf.org/doc/html/rfc3339',
  serialize: toRfc3339,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
});

builder.addScalarType('DateTime', DateTime);

/** Keeps every digit of a source's text: a JavaScript Date would drop microseconds. */
function toRfc3339(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  const [, date, time, offset, minutes] = (typeof value === 'string' && POSTGRESQL.exec(value)) || [];
  if (date === undefined || time === undefined || offset === undefined)
    throw new Error('The source gave something that is no point in time.');
  const zone =
    offset === 'Z' || (offset.endsWith('00') && (minutes ?? '00') === '00')
      ? 'Z'
      : `${offset}:${minutes ?? '00'}`;
  return `${date}T${time}${zone}`;
}

function parse(value: unknown): string {
  if (typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new GraphQLError('Must be a point in time as RFC 3339 writes it, such as "2026-11-25T09:30:00Z".');
}
