import { gatehouseErrors } from './errors';
import { createTokenSource, type GetToken, type TokenSourceOptions } from './fresh-token';

type Fetch = typeof globalThis.fetch;

export interface AuthorizedFetchOptions extends TokenSourceOptions {
  /** What sends the requests. Default: the `fetch` of the page. */
  readonly fetch?: Fetch;
}

/**
 * A `fetch` that sends the session token of whoever is signed in, and no header when nobody is. A request that is refused
 * with `TOKEN_EXPIRED` is sent once more with a new token: the gateway refuses it before it does anything, so that
 * mutations may be sent again too. It asks for the token of each request anew: signing out counts at once.
 *
 * @param getToken Clerk's `useAuth().getToken`. Where it rejects, so does the fetch.
 */
export function createAuthorizedFetch(getToken: GetToken, options: AuthorizedFetchOptions = {}): Fetch {
  const tokens = createTokenSource(getToken, options);
  return async (input, init) => {
    const send = (token: string | null) => {
      // The body of a request can be read only once.
      const target = input instanceof Request ? input.clone() : input;
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
      if (token !== null) headers.set('authorization', `Bearer ${token}`);
      return (options.fetch ?? globalThis.fetch)(target, { ...init, headers });
    };
    const token = await tokens.current();
    const response = await send(token);
    if (token === null || !(await isExpired(response))) return response;
    // Where no new token is to be had, what the gateway said is the answer.
    const renewed = await tokens.renew(token).catch(() => null);
    return renewed === null ? response : send(renewed);
  };
}

async function isExpired(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return gatehouseErrors(body).some(({ code }) => code === 'TOKEN_EXPIRED');
}
