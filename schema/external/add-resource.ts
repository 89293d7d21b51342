import { readPage } from '../../resolvers/external/page';
import { columnOf, type ExternalResource, fieldsWhere, sourceOf } from '../../resolvers/external/resource';
import { builder } from '../builder';
import { pageArgs } from '../page-args';
import { totalCountOf } from '../total-count';
import { ExternalData } from '../types/external-data';
import { filterInput } from './filter-inputs';
import { nodeType } from './node-type';
import { connectionSelection } from './selection';

/**
 * Adds a resource to the schema: its object type with its relations, its connection, its filter and order inputs and
 * its field on `ExternalData`. All of them need a signed-in user; which rows one sees is up to the source. Resources
 * may be added in any order: what relations refer to is looked up when the schema is built.
 */
export function addResource(resource: ExternalResource): void {
  const { type, field, description, defaultOrder } = resource;
  const connection = connectionType(resource);
  const filter = filterType(resource);
  const order = orderType(resource);
  builder.objectField(ExternalData, field, (t) =>
    t.field({
      type: connection,
      description,
      extensions: { externalResource: resource },
      cost: 10,
      args: {
        ...pageArgs(t.arg),
        filter: t.arg({ type: filter, description: `Restricts the page to what passes all of it.` }),
        orderBy: t.arg({
          type: order,
          description: `By \`${defaultOrder.field}\`, ${defaultOrder.direction}, if left out. ${type} objects with equal values keep a fixed order too.`,
        }),
      },
      resolve: (auth, args, { sources, maxPageSize }, info) =>
        readPage(
          resource,
          auth,
          { ...args, maxPageSize },
          connectionSelection(info),
          sources.named(sourceOf(resource)),
        ),
    }),
  );
}

function connectionType(resource: ExternalResource) {
  const { field } = resource;
  const name = `ExternalData${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  return builder.connectionObject(
    {
      name: `${name}Connection`,
      type: nodeType(resource),
      nodeNullable: false,
      edgesNullable: { list: true, items: false },
      description: `A page of ${field}.`,
      authScopes: { signedIn: true },
      fields: (t) => ({
        totalCount: t.int({
          description: 'How many there are on all pages. The source counts only where this is selected.',
          resolve: totalCountOf,
        }),
      }),
    },
    { name: `${name}Edge`, authScopes: { signedIn: true }, description: 'A place on a page.' },
  );
}

function filterType(resource: ExternalResource) {
  return builder.inputType(`${resource.type}Filter`, {
    description: 'Every condition that is given has to hold.',
    fields: (t) =>
      Object.fromEntries(
        fieldsWhere(resource, ({ filterable }) => filterable === true).map((name) => {
          const { type } = columnOf(resource, name);
          return [name, t.field({ type: filterInput(type), description: `Compares \`${name}\`.` })];
        }),
      ),
  });
}

const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end of an order comes first.',
  values: {
    ASC: { description: 'The smallest, the earliest, `false` first.' },
    DESC: { description: 'The greatest, the latest, `true` first.' },
  } as const,
});

function orderType(resource: ExternalResource) {
  const field = builder.enumType(`${resource.type}OrderField`, {
    description: `What ${resource.field} can be sorted by.`,
    values: Object.fromEntries(
      fieldsWhere(resource, ({ sortable }) => sortable === true).map((name) => [
        constantCase(name),
        { value: name, description: resource.fields[name]?.description ?? '' },
      ]),
    ),
  });
  return builder.inputType(`${resource.type}Order`, {
    description: `An order of ${resource.field}.`,
    fields: (t) => ({
      field: t.field({ type: field, required: true, description: 'What to sort by.' }),
      direction: t.field({
        type: OrderDirection,
        required: true,
        defaultValue: 'ASC',
        description: 'Which end comes first.',
      }),
    }),
  });
}

/** `createdAt` → `CREATED_AT`. */
function constantCase(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
