import { type GraphQLSchema, isObjectType } from 'graphql';
import { type ExternalResource, sourceOf } from '../../resolvers/external/resource';
import type { ExternalSourceName } from '../../sources/ports';

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    /** The resource that the field gives rows of. */
    externalResource?: ExternalResource;
  }
}

/** A resource of a schema. */
export interface DeclaredResource {
  /** The field that gives its rows: `ExternalData.tasks`. */
  readonly coordinate: string;
  readonly source: ExternalSourceName;
  readonly resource: ExternalResource;
}

/** Every resource that was added to a schema. */
export function resourcesOf(schema: GraphQLSchema): DeclaredResource[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap(({ name, extensions: { externalResource: resource } }) =>
          resource === undefined
            ? []
            : [{ coordinate: `${type.name}.${name}`, source: sourceOf(resource), resource }],
        )
      : [],
  );
}
