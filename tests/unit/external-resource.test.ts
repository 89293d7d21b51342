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

test.each(['no-tes', 'notes{', 'a,b', 'notes/../tasks', '1st', ''])(
  'the name %j of a table or a column is refused: it would become a part of what a source is asked',
  (name) => {
    const declare = (table: string, column: string) => () =>
      defineResource({
        ...base,
        table,
        fields: { id: { ...id, column, sortable: true } },
        defaultOrder: { field: 'id', direction: 'ASC' },
      });
    expect(declare(name, 'id')).toThrow(`Note: "${name}" must consist of letters`);
    expect(declare('notes', name)).toThrow(`Note: "${name}" must consist of letters`);
    expect(declare('notes', 'id')).not.toThrow();
  },
);
