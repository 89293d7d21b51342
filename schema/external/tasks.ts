import { defineResource } from '../../resolvers/external/resource';

export const tasks = defineResource({
  type: 'Task',
  field: 'tasks',
  table: 'tasks',
  description: "Example resource of the local Supabase: the viewer's tasks.",
  fields: {
    id: { type: 'UUID', description: 'Id of the task.', filterable: true },
    title: { type: 'String', description: 'What is to be done.', filterable: true, sortable: true },
    done: { type: 'Boolean', description: 'Whether it is done.', filterable: true, sortable: true },
    createdAt: {
      type: 'DateTime',
      column: 'created_at',
      description: 'When the task was written down.',
      filterable: true,
      sortable: true,
    },
  },
  key: 'id',
  ownedBy: 'user_id',
  defaultOrder: { field: 'createdAt', direction: 'DESC' },
});
