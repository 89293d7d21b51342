import { targetOf } from '../../resolvers/external/relation';
import { columnOf, type ExternalResource } from '../../resolvers/external/resource';
import type { Row } from '../../sources/ports';
import { builder } from '../builder';
import { scalarOf } from './filter-inputs';
import { objectSelection } from './selection';

/** Every resource and its object type, by name: relations refer to them. */
const nodes = new Map<string, { readonly resource: ExternalResource; readonly ref: NodeRef }>();

type NodeRef = ReturnType<typeof builder.objectRef<Row>>;

/** The object type of a resource. Its fields are made when the schema is built, when every resource is known. */
export function nodeType(resource: ExternalResource): NodeRef {
  const ref = builder.objectRef<Row>(resource.type);
  nodes.set(resource.type, { resource, ref });
  ref.implement({ description: resource.description, authScopes: { signedIn: true } });
  for (const [name, { type, description }] of Object.entries(resource.fields)) {
    const column = columnOf(resource, name);
    builder.objectField(ref, name, (t) =>
      t.field({
        type: scalarOf(type),
        nullable: column.nullable,
        description,
        // The source's answer was checked against the column's type when it came in.
        resolve: (row) => row[column.name] as never,
      }),
    );
  }
  for (const [name, { by, description }] of Object.entries(resource.relations ?? {})) {
    const column = columnOf(resource, by);
    builder.objectField(ref, name, (t) => {
      const target = targetOf(resource, name, nodes);
      return t.withAuth({ signedIn: true }).field({
        type: target.ref,
        nullable: true,
        description: `${description} Null also where the viewer cannot see it.`,
        resolve: (row, _args, { auth, relatedRows }, info) =>
          relatedRows.load(target.resource, auth, row[column.name] ?? null, objectSelection(info)),
      });
    });
  }
  return ref;
}
