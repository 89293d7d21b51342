import type { ClerkClient } from '@clerk/backend';
import type { RequestState } from '@clerk/backend/internal';
import { decodeJwt } from '@clerk/backend/jwt';
import { tokenExpired, tokenInvalid } from '../../errors/token-errors';
import type { Auth } from '../ports';
import { type Credentials, readCredentials } from './credentials';
import { authFromSession } from './session-claims';
import type { SigningKeys } from './signing-keys';

/** Who sends a request, and the verified token to act with on their behalf. */
export interface Authentication {
  readonly auth: Auth;
  /** The session token; null when nobody is signed in. Kept apart from `auth`, which may be logged. */
  readonly sessionToken: string | null;
}

export interface AuthenticateOptions {
  /** Origins whose tokens (`azp`) are accepted. Empty: any. */
  readonly authorizedParties: readonly string[];
  /** Fires at the request's deadline. */
  readonly signal: AbortSignal;
}

const ANONYMOUS: Authentication = { auth: { kind: 'anonymous' }, sessionToken: null };

/**
 * Only the credentials are shown to Clerk's SDK, as a request that is no page load: it then never answers with
 * a redirect, refreshes no cookie over the network, and takes no handshake out of the address.
 */
const CREDENTIALS_URL = 'https://gatehouse.invalid/';

/** Reasons for which Clerk's SDK says "signed out" although no token of this instance was sent. */
const NO_TOKEN: ReadonlySet<string> = new Set([
  'session-token-and-uat-missing',
  // Cookies of another instance on the same domain: its session is not ours to judge.
  'client-uat-but-no-session-token',
]);

/**
 * Verifies the session token that a request brings, in its `Authorization` header or in Clerk's cookies.
 *
 * @throws {GatehouseError} `TOKEN_EXPIRED` or `TOKEN_INVALID` when a token was sent and is refused; `UPSTREAM_UNAVAILABLE`,
 * `UPSTREAM_TIMEOUT` or `RATE_LIMITED` when the instance's keys are not known and cannot be fetched.
 */
export async function authenticate(
  headers: Headers,
  client: ClerkClient,
  keys: SigningKeys,
  { authorizedParties, signal }: AuthenticateOptions,
): Promise<Authentication> {
  const credentials = readCredentials(headers);
  if (credentials.kind === 'none') return ANONYMOUS;
  if (credentials.kind === 'malformed') throw tokenInvalid('authorization-header-malformed');

  const keyIds = credentialTokens(credentials).flatMap(keyIdOf);
  if (keyIds.length === 0) throw tokenInvalid('token-invalid');
  const jwtKey = await keys.find(keyIds, signal);
  if (jwtKey === undefined) throw tokenInvalid('jwk-kid-mismatch');

  const state = await client.authenticateRequest(asRequest(credentials), {
    jwtKey,
    authorizedParties: [...authorizedParties],
    acceptsToken: 'session_token',
  });
  return fromState(state);
}

const EXPIRED = 'session-token-expired';

function fromState(state: RequestState): Authentication {
  if (state.isAuthenticated)
    return {
      auth: authFromSession(state.toAuth({ treatPendingAsSignedOut: false })),
      sessionToken: state.token,
    };
  const reason: string = state.reason ?? 'unexpected-error';
  if (NO_TOKEN.has(reason)) return ANONYMOUS;
  // The SDK appends why it did not refresh the session, which says nothing about the token.
  if (reason.startsWith(EXPIRED)) throw tokenExpired(EXPIRED);
  throw tokenInvalid(reason);
}

type Sent = Extract<Credentials, { kind: 'bearer' | 'cookies' }>;

function credentialTokens(credentials: Sent): readonly string[] {
  return credentials.kind === 'bearer' ? [credentials.token] : credentials.tokens;
}

function asRequest(credentials: Sent): Request {
  return new Request(CREDENTIALS_URL, {
    method: 'POST',
    headers:
      credentials.kind === 'bearer'
        ? { authorization: `Bearer ${credentials.token}` }
        : { cookie: credentials.header },
  });
}

/** The key id that a token names, unverified. None where it is no JWT. */
function keyIdOf(token: string): string[] {
  try {
    return [decodeJwt(token).header.kid];
  } catch {
    return [];
  }
}
