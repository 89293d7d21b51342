import type { ClerkClient } from '@clerk/backend';
import { isMachineToken, isMachineTokenByPrefix, type RequestState } from '@clerk/backend/internal';
import { decodeJwt } from '@clerk/backend/jwt';
import { tokenExpired, tokenInvalid } from '../../errors/token-errors';
import type { Auth, MachineTokenAuth, PendingAuth, UserAuth } from '../ports';
import { digestOf } from './credential-digest';
import { bearerToken, type Credentials, readCredentials } from './credentials';
import type { MachineTokens, Verification } from './machine-tokens';
import type { OrdinarySessions } from './ordinary-sessions';
import type { OrdinaryToken } from './ordinary-token';
import { authFromSession, type VerifiedClaims } from './session-claims';
import type { SigningKeys } from './signing-keys';
import type { VerifiedSession, VerifiedSessions } from './verified-sessions';

/** Who sends a request, and the verified token to act with on their behalf. */
export interface Authentication {
  readonly auth: Auth;
  /** The session token; null where the caller has none. Kept apart from `auth`, which may be logged. */
  readonly sessionToken: string | null;
}

/** What verifies tokens, for the life of the process. */
export interface Verifiers {
  readonly client: ClerkClient;
  readonly keys: SigningKeys;
  readonly machineTokens: MachineTokens;
  /** Undefined: Clerk's SDK judges every session token. */
  readonly ordinarySessions: OrdinarySessions | undefined;
  readonly sessions: VerifiedSessions;
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
 * Verifies the token that a request brings, in its `Authorization` header or in Clerk's cookies. Cookies hold session
 * tokens only.
 *
 * @throws {GatehouseError} `TOKEN_EXPIRED` or `TOKEN_INVALID` when a token was sent and is refused; `UPSTREAM_UNAVAILABLE`,
 * `UPSTREAM_TIMEOUT` or `RATE_LIMITED` when Clerk has to be asked about it and cannot be.
 */
export async function authenticate(
  headers: Pick<Headers, 'get'>,
  verifiers: Verifiers,
  verification: Verification,
): Promise<Authentication> {
  const credentials = readCredentials(headers);
  if (credentials.kind === 'none') return ANONYMOUS;
  const { kind, header } = credentials;
  const digest = (verification.digestOf ?? digestOf)(header);
  const conditions = { kind, authorizedParties: verification.authorizedParties };
  const known = verifiers.sessions.find(digest, conditions);
  if (known !== undefined) return { auth: known.auth, sessionToken: header.slice(...known.tokenRange) };
  const sent = readTokens(credentials);
  const ordinary = sent.kind === 'bearer' ? verifiers.ordinarySessions?.read(sent.token) : undefined;
  if (ordinary === undefined && sent.kind === 'bearer' && isMachineToken(sent.token))
    return { auth: await verifyMachineToken(sent.token, verifiers, verification), sessionToken: null };

  const state = await verifySession(sent, ordinary, verifiers, verification);
  if (state === null) return ANONYMOUS;
  const { auth, token, validity } = state;
  const start = header.indexOf(token);
  verifiers.sessions.keep(digest, conditions, {
    auth,
    tokenRange: [start, start + token.length],
    validity,
  });
  return { auth, sessionToken: token };
}

/** @throws {GatehouseError} `TOKEN_INVALID` where the header holds no token. */
function readTokens(credentials: Exclude<Credentials, { kind: 'none' }>): Sent {
  if (credentials.kind === 'cookies') return credentials;
  const token = bearerToken(credentials.header);
  if (token === undefined) throw tokenInvalid('authorization-header-malformed');
  return { kind: 'bearer', token };
}

async function verifyMachineToken(
  token: string,
  { keys, machineTokens }: Verifiers,
  verification: Verification,
): Promise<MachineTokenAuth> {
  if (isMachineTokenByPrefix(token)) return machineTokens.verifyOpaque(token, verification);
  return machineTokens.verifyJwt(token, await findKey(keys, keyIdOf(token), verification), verification);
}

/** @param ordinary what was read of the token where it has the form of an ordinary one. */
async function verifySession(
  credentials: Sent,
  ordinary: OrdinaryToken | undefined,
  { client, keys, ordinarySessions }: Verifiers,
  verification: Verification,
): Promise<Accepted | null> {
  const keyIds = ordinary === undefined ? credentialTokens(credentials).flatMap(keyIdOf) : [ordinary.keyId];
  const jwtKey = await findKey(keys, keyIds, verification);
  const session = ordinary && ordinarySessions?.verify(ordinary, jwtKey, verification.authorizedParties);
  if (ordinary && session) return accepted(session, ordinary.text);
  const state = await client.authenticateRequest(asRequest(credentials), {
    jwtKey,
    authorizedParties: [...verification.authorizedParties],
    acceptsToken: 'session_token',
  });
  return fromState(state);
}

/** The instance's key with any of the ids. */
async function findKey(
  keys: SigningKeys,
  keyIds: readonly string[],
  verification: Verification,
): Promise<string> {
  if (keyIds.length === 0) throw tokenInvalid('token-invalid');
  const jwtKey = await keys.find(keyIds, verification);
  if (jwtKey === undefined) throw tokenInvalid('jwk-kid-mismatch');
  return jwtKey;
}

const EXPIRED = 'session-token-expired';

/** A session token that was accepted. */
interface Accepted {
  readonly auth: UserAuth | PendingAuth;
  readonly token: string;
  readonly validity: VerifiedSession['validity'];
}

/** Null where no token of this instance was sent. */
function fromState(state: RequestState): Accepted | null {
  if (state.isAuthenticated) return accepted(state.toAuth({ treatPendingAsSignedOut: false }), state.token);
  const reason: string = state.reason ?? 'unexpected-error';
  if (NO_TOKEN.has(reason)) return null;
  // The SDK appends why it did not refresh the session, which says nothing about the token.
  if (reason.startsWith(EXPIRED)) throw tokenExpired(EXPIRED);
  throw tokenInvalid(reason);
}

function accepted(session: VerifiedClaims, token: string): Accepted {
  return { auth: authFromSession(session), token, validity: validityOf(session.sessionClaims) };
}

function validityOf({ iat, nbf, exp }: { readonly iat: number; readonly nbf: number; readonly exp: number }) {
  return { from: Math.max(iat, nbf) * 1000, until: exp * 1000 };
}

/** Tokens of a form that Clerk's SDK reads. */
type Sent = { readonly kind: 'bearer'; readonly token: string } | Extract<Credentials, { kind: 'cookies' }>;

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
