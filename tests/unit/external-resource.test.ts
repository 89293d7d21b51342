import { expect, test } from 'vitest';
import { targetOf } from '../../resolvers/external/relation';
import { defineResource, type ExternalResource } from '../../resolvers/external/resource';

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

const about = { type: 'UUID', description: 'Id of what it is about.' } as const;
const order = { field: 'id', direction: 'ASC' } as const;
const fields = { id: { ...id, sortable: true }, about };

/** As a caller without types writes it. */
function declare(relations: Record<string, object>) {
  return () => defineResource({ ...base, fields, defaultOrder: order, relations } as ExternalResource);
}

test('a relation that goes by no field is refused by name, and by the compiler', () => {
  expect(() =>
    defineResource({
      ...base,
      fields,
      defaultOrder: order,
      // @ts-expect-error: no field has this name.
      relations: { subject: { to: 'Note', by: 'abuot', description: 'Subject.' } },
    }),
  ).toThrow('Note.subject goes by "abuot", which is no field of Note.');
});

test('a relation with the name of a field is refused by name', () => {
  expect(declare({ about: { to: 'Note', by: 'about', description: 'Subject.' } })).toThrow(
    'Note.about is both a field and a relation.',
  );
});

test('a relation to what is no resource is refused by name', () => {
  const notes = declare({ subject: { to: 'Taks', by: 'about', description: 'Subject.' } })();
  expect(() => targetOf(notes, 'subject', new Map([['Note', { resource: notes }]]))).toThrow(
    'Note.subject leads to Taks, which is no resource.',
  );
});

test('a relation by a field of another type than the key is refused by name', () => {
  const notes = declare({ subject: { to: 'Topic', by: 'about', description: 'Subject.' } })();
  const topics: ExternalResource = { ...notes, type: 'Topic', fields: { id: { ...id, type: 'Int' } } };
  expect(() => targetOf(notes, 'subject', new Map([['Topic', { resource: topics }]]))).toThrow(
    'Note.subject goes by about, which is of type UUID, but the key of Topic is of type Int.',
  );
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
