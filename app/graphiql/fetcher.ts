import type { GraphiQL } from 'graphiql';
import { getOperationAST, parse } from 'graphql';
import type { ComponentProps } from 'react';
import { createAuthorizedFetch } from '../clients/authorized-fetch';
import type { GetToken } from '../clients/fresh-token';

type Params = Parameters<Fetcher>[0];
type Fetcher = ComponentProps<typeof GraphiQL>['fetcher'];

/**
 * Sends what GraphiQL runs, with the token of whoever is signed in at that moment. An `Authorization`
 * header from GraphiQL's own editor is sent instead of it. Cookies stay at home, so that what is shown is what the token may do.
 */
export function createFetcher(getToken: GetToken): Fetcher {
  const authorizedFetch = createAuthorizedFetch(getToken);
  return async (params, options) => {
    const ownToken = new Headers(options?.headers).has('authorization');
    const response = await (ownToken ? fetch : authorizedFetch)('/api/graphql', {
      method: 'POST',
      credentials: 'omit',
      headers: {
        accept: 'application/graphql-response+json, application/json',
        'content-type': 'application/json',
        ...options?.headers,
      },
      body: JSON.stringify(withKnownOperation(params)),
    });
    return response.json();
  };
}

/** Just after a change of tabs GraphiQL still names the operation of the tab before. */
function withKnownOperation({ operationName, ...params }: Params): Params {
  return operationName != null && defines(params.query, operationName)
    ? { ...params, operationName }
    : params;
}

function defines(query: string, operationName: string): boolean {
  try {
    return getOperationAST(parse(query), operationName) != null;
  } catch {
    // The gateway says what is wrong with it.
    return true;
  }
}
