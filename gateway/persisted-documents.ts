import { GraphQLError } from 'graphql';
import { type DocumentParams, requestedDocument } from './document-id';
import { type DocumentManifest, knownDocuments } from './documents';
import type { DocumentsMode } from './env';
import type { OperationParams } from './exchange';

/** The message and the code are what Apollo Client and urql look for, to send the document after all. */
const HASH_UNKNOWN = 'PersistedQueryNotFound';
const DOCUMENT_UNKNOWN = 'Only known documents may be sent here.';

/** The documents that requests may name in place of sending them. No request adds one. */
export interface PersistedDocuments {
  /**
   * Puts the document there that a request names by its hash. Where only known documents may run it refuses any other for a
   * look-up, before it is parsed.
   * @throws {GraphQLError} `PERSISTED_QUERY_NOT_FOUND`; `BAD_REQUEST` where the id is malformed.
   */
  withDocument(params: OperationParams & DocumentParams): OperationParams;
  /** Whether a document runs that is not known, where such documents are to be told of. */
  isWorthAWarning(query: string | undefined): boolean;
}

/** @throws {Error} naming the hash, where the manifest has another document for it. */
export function createPersistedDocuments(
  mode: DocumentsMode,
  manifest: DocumentManifest,
): PersistedDocuments {
  const known = knownDocuments(manifest);
  return {
    withDocument(sent) {
      const id = requestedDocument(sent);
      const query = sent.query ?? (id === undefined ? undefined : known.find(id));
      if (query === undefined && id !== undefined) throw notFound(HASH_UNKNOWN);
      if (query !== undefined && mode === 'persisted-only' && !known.has(query))
        throw notFound(DOCUMENT_UNKNOWN);
      if (id === undefined && !('documentId' in sent)) return sent;
      const { documentId: _, ...params } = sent;
      return query === undefined ? params : { ...params, query };
    },
    isWorthAWarning: (query) => mode === 'persisted-preferred' && query !== undefined && !known.has(query),
  };
}

/** 400 for clients that take GraphQL's own media type, 200 for the others, as where a document cannot be parsed. */
function notFound(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 400, spec: true } },
  });
}
