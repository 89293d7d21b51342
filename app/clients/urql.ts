import { type Cache, cacheExchange, type Data } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { persistedExchange } from '@urql/exchange-persisted';
import { Client, type Exchange, fetchExchange, makeOperation, mapExchange } from 'urql';
import { type AuthorizedFetchOptions, createAuthorizedFetch } from './authorized-fetch';
import { documentHash } from './document-hash';
import type { GetToken } from './fresh-token';

export interface UrqlClientOptions extends AuthorizedFetchOptions {
  /** Address of the endpoint. Default: `/api/graphql`. */
  readonly url?: string;
  /**
   * Whether to send the hash of a document that codegen has given one, in place of the document: the gateway has to know
   * it. Where it does not, the document is sent after all, once. Default: false.
   */
  readonly trustedDocuments?: boolean;
}

/** The type has no id of its own: its objects belong to the object that they are found in. */
const embedded = () => null;

/**
 * A urql client with a normalised cache. Select `id` wherever there is one. The cache holds what one user may see: make a
 * new client when the user or the organization changes.
 *
 * @param getToken Clerk's `useAuth().getToken`.
 */
export function createUrqlClient(getToken: GetToken, options: UrqlClientOptions = {}): Client {
  const { url = '/api/graphql', trustedDocuments = false } = options;
  return new Client({
    url,
    fetch: createAuthorizedFetch(getToken, options),
    preferGetMethod: false,
    exchanges: [
      cacheExchange({
        // Of connections, edges and `PageInfo` it is known.
        keys: { Actor: embedded, ExternalData: embedded },
        resolvers: {
          ExternalData: { projects: relayPagination(), tasks: relayPagination() },
          Viewer: { organizations: relayPagination() },
        },
        optimistic: {
          updateProfile: ({ input }: { input: NamesInput }, cache) => ({
            __typename: 'UpdateProfilePayload',
            viewer: renamed(input, cache),
          }),
        },
      }),
      ...(trustedDocuments ? hashExchanges : []),
      fetchExchange,
    ],
  });
}

const hashExchanges: readonly Exchange[] = [
  persistedExchange({
    // An operation without a hash is sent as it is.
    generateHash: async (_text, document) => documentHash(document) ?? '',
    enableForMutation: true,
    // An address, which has the variables in it, is written to logs.
    preferGetForPersistedQueries: false,
  }),
  mapExchange({
    // The hash is that of the document as codegen writes it, not as urql does.
    onOperation: (operation) =>
      operation.extensions?.persistedQuery?.miss === true
        ? makeOperation(operation.kind, { ...operation, extensions: undefined })
        : operation,
  }),
];

interface NamesInput {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
}

/**
 * The viewer as the gateway will answer: what is left out stays as it is, an empty name is cleared. Null where the cache
 * does not hold both names, and so nothing that could be shown before the answer.
 */
function renamed(input: NamesInput, cache: Cache): Data | null {
  const viewer = cache.resolve('Query', 'viewer');
  if (typeof viewer !== 'string') return null;
  const name = (field: keyof NamesInput) =>
    input[field] === undefined ? cache.resolve(viewer, field) : input[field]?.trim() || null;
  const [id, firstName, lastName] = [cache.resolve(viewer, 'id'), name('firstName'), name('lastName')];
  if (typeof id !== 'string' || firstName === undefined || lastName === undefined) return null;
  const fullName = [firstName, lastName].filter(Boolean).join(' ') || null;
  return { __typename: 'Viewer', id, firstName, lastName, fullName };
}
