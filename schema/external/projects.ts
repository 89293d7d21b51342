import { defineResource } from '../../resolvers/external/resource';

export const projects = defineResource({
  type: 'Project',
  field: 'projects',
  table: 'projects',
  description: "Example resource of the local Supabase: the viewer's projects, which tasks belong to.",
  fields: {
    id: { type: 'UUID', description: 'Id of the project.', filterable: true },
    name: { type: 'String', description: 'What it is called.', filterable: true, sortable: true },
    parentId: {
      type: 'UUID',
      column: 'parent_id',
      nullable: true,
      description: 'Id of the project that it is a part of, if of any.',
      filterable: true,
    },
    priority: { type: 'Int', description: 'The greater, the sooner.', filterable: true, sortable: true },
    budget: { type: 'Float', nullable: true, description: 'What it may cost, if limited.', filterable: true },
    createdAt: {
      type: 'DateTime',
      column: 'created_at',
      description: 'When the project was begun.',
      filterable: true,
      sortable: true,
    },
  },
  relations: {
    parent: { to: 'Project', by: 'parentId', description: 'The project that it is a part of, if of any.' },
  },
  key: 'id',
  ownedBy: 'user_id',
  defaultOrder: { field: 'createdAt', direction: 'DESC' },
});
