/** Before this, in milliseconds, there was no Clerk: a smaller number counts seconds. */
const FIRST_MILLISECONDS = 100_000_000_000;

/** A time of Clerk's since 1970, which is in milliseconds in some places and in seconds in others. */
export function fromTimestamp(time: number): Date {
  return new Date(time < FIRST_MILLISECONDS ? time * 1000 : time);
}
