import { expect, test } from 'vitest';
import { defineResource } from '../../resolvers/external/resource';
import { builder } from '../../schema/builder';
import { addResource } from '../../schema/external/add-resource';
import '../../schema/date-time';
import '../../schema/types/query';

test('building the schema fails by name where a relation leads nowhere', () => {
  addResource(
    defineResource({
      type: 'Note',
      field: 'notes',
      table: 'notes',
      description: 'Notes.',
      fields: {
        id: { type: 'UUID', description: 'Id.', sortable: true },
        taskId: { type: 'UUID', description: 'Id of the task.', nullable: true },
      },
      relations: { task: { to: 'Task', by: 'taskId', description: 'The task.' } },
      key: 'id',
      defaultOrder: { field: 'id', direction: 'ASC' },
    }),
  );
  expect(() => builder.toSchema()).toThrow('Note.task leads to Task, which is no resource.');
});
