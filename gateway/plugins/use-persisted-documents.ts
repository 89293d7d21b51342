import { GraphQLError, getOperationAST } from 'graphql';
import type { GraphQLParams } from 'graphql-yoga';
import { type DocumentParams, requestedDocument } from '../document-id';
import { type DocumentManifest, hashOf, knownDocuments } from '../documents';
import type { DocumentsMode } from '../env';
import type { GatewayPlugin } from '../exchange';
import type { Logger } from '../logger';

/** The message and the code are what Apollo Client and urql look for, to send the document after all. */
const HASH_UNKNOWN = 'PersistedQueryNotFound';
const DOCUMENT_UNKNOWN = 'Only known documents may be sent here.';

/** A name may be as long as a request. */
const LONGEST_LOGGED_NAME = 100;

/**
 * Puts the document there that a request names by its hash. Where only known documents may run it refuses any other for a
 * look-up, before it is parsed. No request adds a document.
 */
export function usePersistedDocuments(
  mode: DocumentsMode,
  manifest: DocumentManifest,
  logger: Logger,
): GatewayPlugin {
  const known = knownDocuments(manifest);
  return {
    onParams({ params: sent, request, setParams }) {
      // What is none of the protocol's parameters is refused after this, by Yoga.
      if (typeof sent !== 'object' || sent === null) return;
      const { documentId: inBody, ...params }: GraphQLParams & DocumentParams = sent;
      const documentId =
        request.method === 'GET' ? new URL(request.url).searchParams.get('documentId') : inBody;
      const id = requestedDocument({ ...params, documentId });
      const query = params.query ?? (id === undefined ? undefined : known.find(id));
      if (query === undefined && id !== undefined) throw notFound(HASH_UNKNOWN);
      if (query !== undefined && mode === 'persisted-only' && !known.has(query))
        throw notFound(DOCUMENT_UNKNOWN);
      setParams(query === undefined ? params : { ...params, query });
    },
    onExecute({ args: { document, operationName, contextValue } }) {
      const { params, exchange } = contextValue;
      if (mode !== 'persisted-preferred' || params.query === undefined || known.has(params.query)) return;
      const operation = getOperationAST(document, operationName)?.name?.value;
      logger.warn(
        {
          requestId: exchange.requestId,
          sha256: hashOf(params.query),
          operation: operation?.slice(0, LONGEST_LOGGED_NAME),
        },
        'unknown document',
      );
    },
  };
}

/** 400 for clients that take GraphQL's own media type, 200 for the others, as where a document cannot be parsed. */
function notFound(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 400, spec: true } },
  });
}
