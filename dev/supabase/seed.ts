/** A row of `public.projects` as the seed inserts it. */
export interface SeedProject {
  readonly id: string;
  readonly user_id: string;
  readonly parent_id: string | null;
  readonly name: string;
  readonly priority: number;
  readonly budget: number | null;
  readonly created_at: string;
}

/** A row of `public.tasks` as the seed inserts it. */
export interface SeedTask {
  readonly id: string;
  readonly user_id: string;
  readonly project_id: string | null;
  readonly title: string;
  readonly done: boolean;
  readonly created_at: string;
}

type Project = readonly [
  createdAt: string,
  name: string,
  priority: number,
  budget: number | null,
  parent?: number,
];

/** `project` and `parent` count the person's projects from 1; 0 is none. */
type Task = readonly [createdAt: string, title: string, project: number, done?: 'done'];

interface Person {
  readonly projects: readonly Project[];
  readonly tasks: readonly Task[];
}

const ADA: Person = {
  projects: [
    ['2026-02-02T08:00:00Z', 'Notes on the Analytical Engine', 10, 120.5],
    ['2026-02-09T08:00:00.000001Z', 'Note G', 20, null, 1],
    ['2026-02-09T08:00:00.000001Z', 'Poetical science', 0, 0],
  ],
  tasks: [
    ['2026-03-02T08:15:00Z', 'Translate Menabrea’s paper on the Analytical Engine', 1, 'done'],
    ['2026-03-09T10:00:00.25Z', 'Write Note A: how the engine differs from the Difference Engine', 1, 'done'],
    ['2026-03-16T09:30:00.123456Z', 'Draw the table of operations for Note G', 2],
    ['2026-03-16T09:30:00.123456Z', 'Check the Bernoulli numbers by hand', 2],
    ['2026-03-23T14:45:00.000001Z', 'Ask Mr Babbage about the punched cards', 0],
    ['2026-04-01T07:00:00Z', 'Ask whether the engine might compose music', 3],
  ],
};

const GRACE: Person = {
  projects: [
    ['2026-02-03T12:00:00Z', 'Mark II', 5, 48_000],
    ['2026-02-10T12:00:00.5Z', 'Programs in English', 30, null],
    ['2026-02-17T12:00:00Z', 'FLOW-MATIC', 20, 9_999.99, 2],
  ],
  tasks: [
    ['2026-03-03T12:00:00Z', 'Tape the moth into the logbook of the Mark II', 1, 'done'],
    ['2026-03-10T12:00:00Z', 'Write a linker for the A-0 compiler', 0, 'done'],
    ['2026-03-17T12:00:00.5Z', 'Persuade the board that programs can be written in English', 2],
    ['2026-03-24T12:00:00.654321Z', 'Specify data types for FLOW-MATIC', 3],
    ['2026-03-31T12:00:00Z', 'Cut wires to the length of a nanosecond', 0],
    ['2026-03-31T12:00:00Z', 'Send notes for the COBOL committee', 2],
    ['2026-04-07T12:00:00Z', 'Set a clock that runs backwards', 0],
  ],
};

const ALAN: Person = {
  projects: [
    ['2026-02-04T20:00:00Z', 'Computable numbers', 10, null],
    ['2026-02-11T20:00:00Z', 'Bletchley Park', 40, 250_000.25],
  ],
  tasks: [
    ['2026-03-04T20:10:00Z', 'Define a machine that can imitate every other', 1, 'done'],
    ['2026-03-11T20:10:00.75Z', 'Show that no machine decides the halting problem', 1, 'done'],
    ['2026-03-18T20:10:00.999999Z', 'Wire the menu for the next bombe', 2],
    ['2026-03-25T20:10:00Z', 'Describe the imitation game', 0],
    ['2026-04-02T06:30:00Z', 'Run along the river before work', 0],
  ],
};

const PERSONS = [ADA, GRACE, ALAN];

/** @param userIds as {@link seedTasks} takes them. */
export function seedProjects(userIds: readonly string[]): SeedProject[] {
  return userIds.flatMap((userId, person) =>
    (PERSONS[person]?.projects ?? []).map(([created_at, name, priority, budget, parent = 0], index) => ({
      id: projectId(person, index + 1),
      user_id: userId,
      parent_id: parent === 0 ? null : projectId(person, parent),
      name,
      priority,
      budget,
      created_at,
    })),
  );
}

/**
 * A few tasks for Ada Lovelace, Grace Hopper and Alan Turing. Ids and times are the same on every call; some
 * tasks share their time and some have microseconds, so that paging has something to get wrong.
 *
 * @param userIds Clerk user ids of the three, in this order. Further users get no tasks.
 */
export function seedTasks(userIds: readonly string[]): SeedTask[] {
  return userIds.flatMap((userId, person) =>
    (PERSONS[person]?.tasks ?? []).map(([created_at, title, project, done], index) => ({
      id: seedId(person, '8000', index + 1),
      user_id: userId,
      project_id: project === 0 ? null : projectId(person, project),
      title,
      done: done === 'done',
      created_at,
    })),
  );
}

function projectId(person: number, number: number): string {
  return seedId(person, '9000', number);
}

function seedId(person: number, kind: string, number: number): string {
  return `${String(person + 1).padStart(8, '0')}-0000-4000-${kind}-${String(number).padStart(12, '0')}`;
}
