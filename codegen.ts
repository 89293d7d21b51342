import { addTypenameToDocument } from '@apollo/client/utilities';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { type DocumentNode, Kind, lexicographicSortSchema, OperationTypeNode, printSchema } from 'graphql';
import { schema } from './schema';

/** `npm run codegen`: the SDL, and typed documents for the operations in `app/`, with a manifest of them by hash. */
const config: CodegenConfig = {
  schema: printSchema(lexicographicSortSchema(schema)),
  documents: ['app/**/*.{ts,tsx}', '!app/gql/**'],
  ignoreNoDocuments: true,
  generates: {
    'schema/schema.graphql': { plugins: ['schema-ast'] },
    'app/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      documentTransforms: [
        {
          transform: ({ documents }) =>
            documents.map((file) =>
              file.document ? { ...file, document: toBeHashed(file.document) } : file,
            ),
        },
      ],
      config: { scalars: { DateTime: 'string' }, useTypeImports: true, enumsAsTypes: true },
    },
  },
};

/**
 * The clients' caches add `__typename` to what they send: what they only name by its hash has to have it already. They leave
 * the root out, and so does this: it would be a granted field in every answer, and none a 401.
 * @throws {Error} where a mutation would run in another order than it is written: the manifest has fields by their names.
 */
function toBeHashed(document: DocumentNode): DocumentNode {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (definition.operation !== OperationTypeNode.MUTATION) continue;
    const names = definition.selectionSet.selections.map((node) =>
      node.kind === Kind.FIELD ? node.name.value : '',
    );
    if (names.length > 1 && names.join() !== names.toSorted().join())
      throw new Error(
        `${definition.name?.value}: write the fields of a mutation in the order of their names.`,
      );
  }
  return addTypenameToDocument(document);
}

export default config;
