import { type DocumentNode, gql } from '@apollo/client';
import { createApolloClient } from '../../app/clients/apollo';
import type { AuthorizedFetchOptions } from '../../app/clients/authorized-fetch';
import { type GatehouseClientError, gatehouseErrors } from '../../app/clients/errors';
import type { GetToken } from '../../app/clients/fresh-token';
import { createUrqlClient } from '../../app/clients/urql';
import type { Gateway } from '../../gateway';
import { APP_URL } from '../harness/world';

type Fetch = typeof globalThis.fetch;

export interface Outcome {
  // biome-ignore lint/suspicious/noExplicitAny: tests read into it, and fail where it is not as they say.
  readonly data: any;
  readonly errors: readonly GatehouseClientError[];
}

/** Sends an operation and resolves with what a page would get. Queries are not answered from the cache. */
type Send = (document: string | DocumentNode, variables?: Record<string, unknown>) => Promise<Outcome>;

export interface KitOptions extends AuthorizedFetchOptions {
  readonly trustedDocuments?: boolean;
}

/** What both clients promise, so that one table of tests serves both. */
export interface Kit {
  readonly name: string;
  create(getToken: GetToken, options: KitOptions): { query: Send; mutate: Send };
}

export const KITS: readonly Kit[] = [
  {
    name: 'urql',
    create(getToken, options) {
      const client = createUrqlClient(getToken, options);
      return {
        async query(document, variables = {}) {
          const context = { requestPolicy: 'network-only' as const };
          const { data, error } = await client.query(document, variables, context).toPromise();
          return { data, errors: gatehouseErrors(error) };
        },
        async mutate(document, variables = {}) {
          const { data, error } = await client.mutation(document, variables).toPromise();
          return { data, errors: gatehouseErrors(error) };
        },
      };
    },
  },
  {
    name: 'Apollo',
    create(getToken, options) {
      const client = createApolloClient(getToken, options);
      return {
        async query(document, variables = {}) {
          const query = parsed(document);
          const { data, error } = await client.query({ query, variables, fetchPolicy: 'network-only' });
          return { data, errors: gatehouseErrors(error) };
        },
        async mutate(document, variables = {}) {
          const { data, error } = await client.mutate({ mutation: parsed(document), variables });
          return { data, errors: gatehouseErrors(error) };
        },
      };
    },
  },
];

const parsed = (document: string | DocumentNode) => (typeof document === 'string' ? gql(document) : document);

/** A `fetch` into the gateway, as a page of the application has it, and what went through. */
export function pageFetch(gateway: Gateway) {
  const requests: Request[] = [];
  const responses: Response[] = [];
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(input, APP_URL), init);
    // The gateway reads the body of the other one.
    requests.push(request.clone());
    const response = await gateway.fetch(request);
    responses.push(response);
    return response;
  };
  return { fetch, requests, responses };
}

/** Clerk's `getToken`: gives the token of its cache; `skipCache` puts the next one there. */
export function clerkTokens(cached: string | null, ...renewals: (string | null)[]) {
  let [token, renewed] = [cached, 0];
  const getToken: GetToken = async ({ skipCache = false } = {}) => {
    if (!skipCache) return token;
    const next = renewals[renewed];
    renewed += 1;
    if (next === undefined) throw new Error('Clerk cannot be reached.');
    token = next;
    return token;
  };
  return { getToken, renewals: () => renewed, setCached: (other: string | null) => (token = other) };
}
