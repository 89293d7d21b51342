import { ClerkError } from '../errors';

/** 422 about a field of a form, in the words that Clerk's components show beside it. */
export function formError(code: string, field: string, message: string): ClerkError {
  return new ClerkError(422, { code, message, meta: { param_name: field } });
}

/** 401: no session, or one of somebody else, which nobody else may know of. */
export function signedOut(): ClerkError {
  return new ClerkError(401, {
    code: 'authentication_invalid',
    message: 'Invalid authentication',
    longMessage: 'Unable to authenticate the request, you need to supply an active session',
  });
}
