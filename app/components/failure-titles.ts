import type { GatehouseClientError, GatehouseCode } from '../clients/errors';

const TITLES: Partial<Record<GatehouseCode, string>> = {
  UNAUTHENTICATED: 'You are signed out',
  TOKEN_EXPIRED: 'Your session has expired',
  TOKEN_INVALID: 'Your session was refused',
  SESSION_PENDING: 'Your sign-in is not finished',
  FORBIDDEN: 'You may not do this',
  BAD_USER_INPUT: 'Something in it cannot be accepted',
  RATE_LIMITED: 'Too many requests at once',
  NETWORK_ERROR: 'The gateway cannot be reached',
};

/** Names of the sources, as `extensions.source` has them. */
const SOURCES: Readonly<Record<string, string>> = { clerk: 'Clerk', supabase: 'Supabase' };

/** What a failure is called where it is shown. */
export function failureTitle({ code, source }: GatehouseClientError): string {
  const name = SOURCES[source ?? ''] ?? 'A service behind the gateway';
  if (code === 'UPSTREAM_UNAVAILABLE') return `${name} cannot be reached`;
  if (code === 'UPSTREAM_TIMEOUT') return `${name} did not answer in time`;
  return TITLES[code] ?? 'Something went wrong on our side';
}

/** Whether only signing in again helps. */
export function needsSignIn({ code }: GatehouseClientError): boolean {
  return code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED' || code === 'TOKEN_INVALID';
}
