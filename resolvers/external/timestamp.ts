/** RFC 3339 or PostgreSQL's way of writing a timestamp with time zone. */
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,6})?(?:Z|[+-](\d\d)(?::?[0-5]\d)?)$/;

/** The furthest that PostgreSQL lets a time zone be from UTC, in hours. */
const MAX_OFFSET = 15;

/** Whether PostgreSQL takes a text for a point in time: one that there is, from the year 1 on. */
export function isTimestamp(text: string): boolean {
  const [, date = '', time = '', offset = '0'] = TIMESTAMP.exec(text) ?? [];
  const clock = new Date(`${date}T${time}Z`);
  if (Number.isNaN(clock.getTime())) return false;
  // JavaScript makes 2 March of 30 February.
  const exists = clock.toISOString().startsWith(`${date}T${time}`);
  return exists && !date.startsWith('0000') && Number(offset) <= MAX_OFFSET;
}
