import { expect, test } from 'vitest';
import { defineResource } from '../../resolvers/external/resource';

const id = { type: 'UUID', description: 'Id.' } as const;
const base = { type: 'Note', field: 'notes', description: 'Notes.', table: 'notes', key: 'id' } as const;

test('a default order by a column that cannot be sorted by is refused by name', () => {
  expect(() =>
    defineResource({ ...base, fields: { id }, defaultOrder: { field: 'id', direction: 'ASC' } }),
  ).toThrow('Note.id is the default order and must be sortable.');
});

test('sorting by a column that may be null is refused by name: pages would lose rows', () => {
  expect(() =>
    defineResource({
      ...base,
      fields: {
        id: { ...id, sortable: true },
        due: { type: 'DateTime', description: 'Due.', nullable: true, sortable: true },
      },
      defaultOrder: { field: 'id', direction: 'ASC' },
    }),
  ).toThrow('Note.due may be null');
});
