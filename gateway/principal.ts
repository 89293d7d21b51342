import type { Auth } from '../sources/ports';

/** Who sent a request, as the log names them. */
export interface LoggedPrincipal {
  /** Kind of caller; `refused` where the request was refused before anybody was recognized. */
  readonly principal: Auth['kind'] | 'refused';
  /** Clerk's id of the user, key, machine or OAuth application. */
  readonly principalId?: string;
}

export function principalOf(auth: Auth | undefined): LoggedPrincipal {
  if (auth === undefined) return { principal: 'refused' };
  switch (auth.kind) {
    case 'user':
      return { principal: auth.kind, principalId: auth.userId };
    case 'apiKey':
      return { principal: auth.kind, principalId: auth.id };
    case 'machine':
      return { principal: auth.kind, principalId: auth.machineId };
    case 'oauth':
      return { principal: auth.kind, principalId: auth.clientId };
    default:
      return { principal: auth.kind };
  }
}
