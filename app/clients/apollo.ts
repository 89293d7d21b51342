import { ApolloClient, ApolloLink, type FieldPolicy, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { type AuthorizedFetchOptions, createAuthorizedFetch } from './authorized-fetch';
import { documentHash } from './document-hash';
import type { GetToken } from './fresh-token';

export interface ApolloClientOptions extends AuthorizedFetchOptions {
  /** Address of the endpoint. Default: `/api/graphql`. */
  readonly url?: string;
  /**
   * Whether to send the hash of a document that codegen has given one, in place of the document: the gateway has to know
   * it. Where it does not, the document is sent after all, once. Default: false.
   */
  readonly trustedDocuments?: boolean;
}

// The types of results follow the defaults below only where they are declared.
declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all';
      }
      interface Query {
        errorPolicy: 'all';
      }
      interface Mutate {
        errorPolicy: 'all';
      }
    }
  }
}

/**
 * An Apollo Client that shows what arrived and what failed beside each other. Select `id` wherever there is one. The cache
 * holds what one user may see: make a new client when the user or the organization changes. It also holds the null of a
 * field that failed, without the error: `refetch` to ask again. `fetchMore` rejects unless it is given an `errorPolicy`.
 *
 * @param getToken Clerk's `useAuth().getToken`.
 */
export function createApolloClient(getToken: GetToken, options: ApolloClientOptions = {}): ApolloClient {
  const { url = '/api/graphql', trustedDocuments = false } = options;
  const http = new HttpLink({ uri: url, fetch: createAuthorizedFetch(getToken, options) });
  return new ApolloClient({
    link: trustedDocuments ? byHash(http) : http,
    cache: new InMemoryCache({
      typePolicies: {
        Actor: { keyFields: false },
        ExternalData: { merge: true, fields: { tasks: pages(['filter', 'orderBy']) } },
        Viewer: { fields: { organizations: pages() } },
      },
    }),
    defaultOptions: {
      watchQuery: { errorPolicy: 'all' },
      query: { errorPolicy: 'all' },
      mutate: { errorPolicy: 'all' },
    },
  });
}

/** Sends documents that have a hash by their hash. */
function byHash(http: ApolloLink): ApolloLink {
  const hash = new PersistedQueryLink({ generateHash: (document) => documentHash(document) ?? '' });
  const withoutHashOfText = new ApolloLink((operation, forward) => {
    // The hash is that of the document as codegen writes it, not as Apollo does.
    if (operation.getContext().http?.includeQuery === true) delete operation.extensions.persistedQuery;
    return forward(operation);
  });
  return ApolloLink.split(
    ({ query }) => documentHash(query) !== undefined,
    ApolloLink.from([hash, withoutHashOfText, http]),
    http,
  );
}

/** The pages of a connection, in one list for each combination of `keyArgs`. A page that failed (null) takes no other with it. */
function pages(keyArgs: string[] | false = false): FieldPolicy {
  const policy = relayStylePagination(keyArgs);
  const { merge } = policy;
  if (typeof merge !== 'function') return policy;
  return {
    ...policy,
    merge: (existing, incoming, options) =>
      incoming === null ? (existing ?? null) : merge(existing, incoming, options),
  };
}
