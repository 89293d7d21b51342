import { GraphQLError } from 'graphql';
import { hashOf } from './documents';

const HASH = /^[0-9a-f]{64}$/;

/** Ids of the GraphQL-over-HTTP draft: a hash, one of somebody's own making, or a plain name. Other prefixes are reserved. */
const DOCUMENT_ID = /^(sha256:[0-9a-f]{64}|(x-[\w.~-]+:)?[\w.~-]+)$/;

/** What a request says of its document. */
export interface DocumentParams {
  /** As in the GraphQL-over-HTTP draft. */
  readonly documentId?: unknown;
  /** `persistedQuery.sha256Hash` is what Apollo and urql send. */
  readonly extensions?: unknown;
  readonly query?: unknown;
}

/**
 * The id of the document that a request names, in place of sending it or beside. A hash comes in hex, without its prefix;
 * undefined where none is named.
 * @throws {GraphQLError} `BAD_REQUEST` where an id is malformed, or is not the one of the document that is sent.
 */
export function requestedDocument({ documentId, extensions, query }: DocumentParams): string | undefined {
  const id = readDocumentId(documentId);
  const hash = readPersistedQuery(extensions);
  if (id !== undefined && hash !== undefined && id !== hash)
    throw badRequest('documentId and extensions.persistedQuery name different documents.');
  const requested = id ?? hash;
  if (requested !== undefined && typeof query === 'string' && hashOf(query) !== requested)
    throw badRequest('query is not the document that the hash names.');
  return requested;
}

function readDocumentId(id: unknown): string | undefined {
  if (id === undefined || id === null) return undefined;
  if (typeof id !== 'string' || !DOCUMENT_ID.test(id))
    throw badRequest('documentId must be sha256: and 64 hexadecimal digits in lower case.');
  return id.replace(/^sha256:/, '');
}

function readPersistedQuery(extensions: unknown): string | undefined {
  const persisted = isRecord(extensions) ? (extensions.persistedQuery ?? undefined) : undefined;
  if (persisted === undefined) return undefined;
  const { version = 1, sha256Hash } = isRecord(persisted) ? persisted : {};
  if (version !== 1 || typeof sha256Hash !== 'string' || !HASH.test(sha256Hash))
    throw badRequest(
      'extensions.persistedQuery must have a sha256Hash of 64 hexadecimal digits in lower case, and version 1.',
    );
  return sha256Hash;
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
