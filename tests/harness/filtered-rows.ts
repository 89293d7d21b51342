import type { ModelFields } from './row-model';

/** Texts that mean something in PostgREST's language, in JSON, in SQL; some of them twice. */
const TEXTS = [
  'plain',
  'plain',
  'a "quoted" word',
  '"',
  'back\\slash',
  '\\"',
  'comma, paren) and(',
  ',',
  '(',
  ')',
  "it's",
  '100%',
  '*',
  'a*',
  'Ünïcödé 🧮',
  'e\u0301',
  'é',
  'null',
  'true',
  '{a,b}',
  '1.50',
  ' leading',
  'trailing ',
  'eq.x',
  'a\nb',
  '--',
  '',
  // Not at the start, where PGlite drops it as it reads.
  'a\ufeff',
  '\u0085',
  'x'.repeat(1_000),
];

/** A resource of the schema, and what its rows are like in tests. */
export interface Resource {
  readonly field: string;
  readonly type: string;
  readonly fields: ModelFields;
  /** Fields that it can be sorted by, with the names of their orders. */
  readonly orders: readonly (readonly [field: string, order: string])[];
  readonly row: (index: number, relation: string | null) => Readonly<Record<string, unknown>>;
}

export const TASKS: Resource = {
  field: 'tasks',
  type: 'Task',
  fields: {
    id: { type: 'UUID', column: 'id' },
    title: { type: 'String', column: 'title' },
    done: { type: 'Boolean', column: 'done' },
    projectId: { type: 'UUID', column: 'project_id' },
    createdAt: { type: 'DateTime', column: 'created_at' },
  },
  orders: [
    ['title', 'TITLE'],
    ['done', 'DONE'],
    ['createdAt', 'CREATED_AT'],
  ],
  row: (index, project_id) => ({
    title: TEXTS[index % TEXTS.length],
    done: index % 3 === 0,
    project_id,
    created_at: timeOf(index),
  }),
};

export const PROJECTS: Resource = {
  field: 'projects',
  type: 'Project',
  fields: {
    id: { type: 'UUID', column: 'id' },
    name: { type: 'String', column: 'name' },
    parentId: { type: 'UUID', column: 'parent_id' },
    priority: { type: 'Int', column: 'priority' },
    budget: { type: 'Float', column: 'budget' },
    createdAt: { type: 'DateTime', column: 'created_at' },
  },
  orders: [
    ['name', 'NAME'],
    ['priority', 'PRIORITY'],
    ['createdAt', 'CREATED_AT'],
  ],
  row: (index, parent_id) => ({
    name: TEXTS[index % TEXTS.length],
    parent_id,
    priority: [0, 1, -1, 7, 2 ** 31 - 1, -(2 ** 31)][index % 6],
    budget: [null, 0, -1.5, 0.1, 1e21, 5e-324, 1.7976931348623157e308][index % 7],
    created_at: timeOf(index),
  }),
};

/** Some at the same time, some a microsecond apart, one before Christ's calendar had its second year. */
function timeOf(index: number): string {
  if (index === 5) return '0001-03-01T00:00:00+00:00';
  return `2026-05-01T10:00:0${index % 3}.${index % 4 === 3 ? '000001' : '5'}+00:00`;
}
