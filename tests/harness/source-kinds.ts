import { defineResource } from '../../resolvers/external/resource';
import '../../schema';
import { builder } from '../../schema/builder';
import { addResource } from '../../schema/external/add-resource';
import type { ExternalSourceName } from '../../sources/ports';

/** A resource like the tasks, from another source. */
function likeTasks(type: string, table: string, source: ExternalSourceName) {
  return defineResource({
    type,
    field: table,
    table,
    source,
    description: `${type} of the source ${source}.`,
    fields: {
      id: { type: 'UUID', description: 'Id.', filterable: true },
      title: { type: 'String', description: 'Title.', filterable: true, sortable: true },
      done: { type: 'Boolean', description: 'Done.', filterable: true, sortable: true },
      createdAt: {
        type: 'DateTime',
        column: 'created_at',
        description: 'Written.',
        filterable: true,
        sortable: true,
      },
    },
    key: 'id',
    defaultOrder: { field: 'createdAt', direction: 'DESC' },
  });
}

addResource(likeTasks('Memo', 'memos', 'http'));
addResource(likeTasks('Notice', 'notices', 'graphql'));

/** The gateway's schema with a resource of every kind of source: `tasks`, `memos` and `notices`. */
export const schemaOfAllKinds = builder.toSchema();
