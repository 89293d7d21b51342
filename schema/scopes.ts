import type { Auth, AuthenticatedAuth, Entitlement, Reverification } from '../sources/ports';

/** The kinds of tokens, as Clerk calls them. */
export type TokenType = 'session_token' | 'api_key' | 'm2m_token' | 'oauth_token';

/** Scopes that callers with any kind of token may pass. */
export interface ScopesOfAnyToken {
  /** A valid token was sent, of whatever kind. */
  authenticated: boolean;
  /** The token is of this kind. */
  tokenType: TokenType;
  /** The token was granted this scope. Session tokens are granted none: their users have roles and permissions. */
  tokenScope: string;
}

/** Scopes that only a signed-in user passes, with a session token. */
export interface ScopesOfUsers {
  /** A user is signed in, with a session token. */
  signedIn: boolean;
  /** Role in the active organization: `org:admin`. */
  role: string;
  /** Permission in the active organization: `org:members:read`. */
  permission: string;
  /** Feature of the user or of the active organization: `org:reports`. */
  feature: string;
  /** Plan of the user or of the active organization: `org:team`. */
  plan: string;
  /** The user confirmed lately who they are. */
  reverification: Reverification;
  /** Nobody is impersonating the user. */
  inPerson: boolean;
}

/** Who may ask, in Clerk's terms. Two scopes in one map both have to hold; `$any` and `$all` combine maps. */
export interface Scopes extends ScopesOfAnyToken, ScopesOfUsers {}

/** Scopes, and whether a caller who passes once passes as long as the token is good: its claims are all they depend on. */
export const LASTING_SCOPES: Readonly<Record<keyof Scopes, boolean>> = {
  authenticated: true,
  tokenType: true,
  tokenScope: true,
  signedIn: true,
  role: true,
  permission: true,
  feature: true,
  plan: true,
  // Lately is not for ever.
  reverification: false,
  inPerson: true,
};

const TOKEN_TYPES: Readonly<Record<AuthenticatedAuth['kind'], TokenType>> = {
  user: 'session_token',
  apiKey: 'api_key',
  machine: 'm2m_token',
  oauth: 'oauth_token',
};

/** Judges the scopes for a caller, each by itself. */
export function judge(auth: Auth) {
  const caller = auth.kind === 'anonymous' || auth.kind === 'pending' ? null : auth;
  const user = caller?.kind === 'user' ? caller : null;
  const has = (entitlement: Entitlement) => user?.has(entitlement) ?? false;
  return {
    authenticated: caller !== null,
    tokenType: (type: TokenType) => caller !== null && TOKEN_TYPES[caller.kind] === type,
    tokenScope: (scope: string) => caller !== null && caller.kind !== 'user' && caller.scopes.includes(scope),
    signedIn: user !== null,
    role: (role: string) => has({ role }),
    permission: (permission: string) => has({ permission }),
    feature: (feature: string) => has({ feature }),
    plan: (plan: string) => has({ plan }),
    reverification: (reverification: Reverification) => has({ reverification }),
    inPerson: user !== null && user.actorId === null,
  };
}
