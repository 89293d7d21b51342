/** A row of `public.tasks` as the seed inserts it. */
export interface SeedTask {
  readonly id: string;
  readonly user_id: string;
  readonly title: string;
  readonly done: boolean;
  readonly created_at: string;
}

type Entry = readonly [createdAt: string, title: string, done?: 'done'];

const ADA: readonly Entry[] = [
  ['2026-03-02T08:15:00Z', 'Translate Menabrea’s paper on the Analytical Engine', 'done'],
  ['2026-03-09T10:00:00.25Z', 'Write Note A: how the engine differs from the Difference Engine', 'done'],
  ['2026-03-16T09:30:00.123456Z', 'Draw the table of operations for Note G'],
  ['2026-03-16T09:30:00.123456Z', 'Check the Bernoulli numbers by hand'],
  ['2026-03-23T14:45:00.000001Z', 'Ask Mr Babbage about the punched cards'],
  ['2026-04-01T07:00:00Z', 'Ask whether the engine might compose music'],
];

const GRACE: readonly Entry[] = [
  ['2026-03-03T12:00:00Z', 'Tape the moth into the logbook of the Mark II', 'done'],
  ['2026-03-10T12:00:00Z', 'Write a linker for the A-0 compiler', 'done'],
  ['2026-03-17T12:00:00.5Z', 'Persuade the board that programs can be written in English'],
  ['2026-03-24T12:00:00.654321Z', 'Specify data types for FLOW-MATIC'],
  ['2026-03-31T12:00:00Z', 'Cut wires to the length of a nanosecond'],
  ['2026-03-31T12:00:00Z', 'Send notes for the COBOL committee'],
  ['2026-04-07T12:00:00Z', 'Set a clock that runs backwards'],
];

const ALAN: readonly Entry[] = [
  ['2026-03-04T20:10:00Z', 'Define a machine that can imitate every other', 'done'],
  ['2026-03-11T20:10:00.75Z', 'Show that no machine decides the halting problem', 'done'],
  ['2026-03-18T20:10:00.999999Z', 'Wire the menu for the next bombe'],
  ['2026-03-25T20:10:00Z', 'Describe the imitation game'],
  ['2026-04-02T06:30:00Z', 'Run along the river before work'],
];

const PERSONS = [ADA, GRACE, ALAN];

/**
 * A few tasks for Ada Lovelace, Grace Hopper and Alan Turing. Ids and times are the same on every call; some
 * tasks share their time and some have microseconds, so that paging has something to get wrong.
 *
 * @param userIds Clerk user ids of the three, in this order. Further users get no tasks.
 */
export function seedTasks(userIds: readonly string[]): SeedTask[] {
  return userIds.flatMap((userId, person) =>
    (PERSONS[person] ?? []).map(([created_at, title, done], index) => ({
      id: `${String(person + 1).padStart(8, '0')}-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
      user_id: userId,
      title,
      done: done === 'done',
      created_at,
    })),
  );
}
