import { GatehouseError } from './gatehouse-error';

/** The token was genuine and its time is over: fetch a new one and send the request again. */
export function tokenExpired(reason: string): GatehouseError {
  return new GatehouseError('TOKEN_EXPIRED', 'The token has expired. Send a new one.', { reason });
}

/** A token was sent that the gateway does not accept. `reason` is Clerk's, such as `token-invalid-signature`. */
export function tokenInvalid(reason: string): GatehouseError {
  return new GatehouseError('TOKEN_INVALID', 'The token is not valid for this API.', { reason });
}

/** No token was sent and the field, or the whole endpoint, needs a signed-in user. */
export function unauthenticated(): GatehouseError {
  return new GatehouseError('UNAUTHENTICATED', 'Sign in to do this.');
}

/** The session is signed in but still has tasks to finish, such as choosing an organization. */
export function sessionPending(tasks: readonly string[]): GatehouseError {
  return new GatehouseError('SESSION_PENDING', 'Finish signing in first.', { tasks });
}
