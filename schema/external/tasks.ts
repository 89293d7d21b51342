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
    projectId: {
      type: 'UUID',
      column: 'project_id',
      nullable: true,
      description: 'Id of the project that it belongs to, if to any.',
      filterable: true,
    },
    createdAt: {
      type: 'DateTime',
      column: 'created_at',
      description: 'When the task was written down.',
      filterable: true,
      sortable: true,
    },
  },
  relations: {
    project: { to: 'Project', by: 'projectId', description: 'The project that it belongs to, if to any.' },
  },
  key: 'id',
  ownedBy: 'user_id',
  defaultOrder: { field: 'createdAt', direction: 'DESC' },
});
