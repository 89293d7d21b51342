import type { ClerkClient } from '@clerk/backend';
import { TokenVerificationError } from '@clerk/backend/errors';
import { verifyMachineAuthToken } from '@clerk/backend/internal';
import { verifyJwt } from '@clerk/backend/jwt';
import { LRUCache } from 'lru-cache';
import { GatehouseError } from '../../errors/gatehouse-error';
import { tokenExpired, tokenInvalid } from '../../errors/token-errors';
import { inFlight } from '../in-flight';
import type { MachineTokenAuth } from '../ports';
import { WALL_CLOCK } from '../wall-clock';
import type { BackendApi } from './backend-api';
import { clerkStatus } from './coded-error';
import { type DigestOf, digestOf } from './credential-digest';
import { type MachineTokenRecord, parseApiKey, parseM2MToken, parseOAuthToken } from './machine-records';
import { createVerificationBudget } from './verification-budget';
import { type Waiting, waitFor } from './wait';

/** Tokens whose verdict is remembered. */
const MAX_VERDICTS = 10_000;

/** How long a good token is trusted without asking Clerk again: so long does it outlive its revocation. */
const ACCEPTED_MS = 15_000;

/** How long a bad token is refused without asking again. It does not become good; Clerk's own copies may lag behind. */
const REFUSED_MS = 60_000;

/** As much as Clerk's SDK allows clocks to differ. */
const CLOCK_SKEW_MS = 5_000;

type Verdict =
  | { readonly accepted: true; readonly record: MachineTokenRecord }
  | { readonly accepted: false; readonly expired: boolean; readonly reason: string };

/** Who wants a token verified, and how long they wait. */
export interface Verification extends Waiting {
  /** Origins of this API: a token that names its audience must name one of them. Empty: any. */
  readonly authorizedParties: readonly string[];
  /** Of the caller; null where it is not known. */
  readonly address: string | null;
  /** Of their connection, where it is known. */
  readonly digestOf?: DigestOf | undefined;
}

/** Verifies API keys, M2M tokens and OAuth access tokens. */
export interface MachineTokens {
  /**
   * An opaque token, which only Clerk knows: its verdict is remembered, by a digest of the token.
   * @throws {GatehouseError} `TOKEN_INVALID`, `TOKEN_EXPIRED`; `RATE_LIMITED`, `UPSTREAM_UNAVAILABLE` or `UPSTREAM_TIMEOUT` when
   * Clerk cannot be asked.
   */
  verifyOpaque(token: string, verification: Verification): Promise<MachineTokenAuth>;
  /**
   * A JWT, verified with the instance's key and without the network.
   * @throws {GatehouseError} `TOKEN_INVALID` or `TOKEN_EXPIRED`.
   */
  verifyJwt(token: string, jwtKey: string, verification: Verification): Promise<MachineTokenAuth>;
}

export function createMachineTokens(client: ClerkClient, api: BackendApi): MachineTokens {
  const verdicts = new LRUCache<string, Verdict>({ max: MAX_VERDICTS, perf: WALL_CLOCK });
  const lookingUp = inFlight<Verdict>();
  const budget = createVerificationBudget();

  async function lookUp(digest: string, token: string, address: string | null): Promise<Verdict> {
    const giveBack = await budget.spend(address);
    const verdict = judge(await fetchRecord(client, api, token));
    if (verdict.accepted) await giveBack();
    verdicts.set(digest, verdict, { ttl: verdict.accepted ? ACCEPTED_MS : REFUSED_MS });
    return verdict;
  }

  return {
    async verifyOpaque(token, verification) {
      const digest = digestOf(token);
      const verdict =
        verdicts.get(digest) ??
        (await waitFor(verification, 'token', () =>
          lookingUp(digest, () => lookUp(digest, token, verification.address)),
        ));
      return authOf(verdict, verification);
    },

    async verifyJwt(token, jwtKey, verification) {
      const { data, tokenType, errors } = await verifyMachineAuthToken(token, { jwtKey });
      const [error] = errors ?? [];
      if (error !== undefined) throw await whyRefused(token, jwtKey, error.code);
      try {
        const record = tokenType === 'm2m_token' ? parseM2MToken(data) : parseOAuthToken(data);
        return authOf(judge(record), verification);
      } catch (error) {
        // The instance signed it, for something else than to let a program in.
        throw error instanceof GatehouseError ? error : tokenInvalid('token-invalid');
      }
    },
  };
}

/** The SDK verifies the token of a program without saying why it fails, and the token itself with a reason. */
async function whyRefused(token: string, jwtKey: string, code: string): Promise<GatehouseError> {
  try {
    await verifyJwt(token, { key: jwtKey, headerType: ['JWT', 'at+jwt', 'application/at+jwt'] });
  } catch (error) {
    if (error instanceof TokenVerificationError)
      return error.reason === 'token-expired' ? tokenExpired(error.reason) : tokenInvalid(error.reason);
  }
  return tokenInvalid(code);
}

/** What Clerk knows of an opaque token; `undefined` where it knows no such token. */
async function fetchRecord(
  client: ClerkClient,
  api: BackendApi,
  token: string,
): Promise<MachineTokenRecord | undefined> {
  try {
    return await api.sharedRead(async () => {
      if (token.startsWith('ak_')) return parseApiKey(await client.apiKeys.verify(token));
      if (token.startsWith('mt_')) return parseM2MToken(await client.m2m.verify({ token }));
      return parseOAuthToken(await client.idPOAuthAccessToken.verify(token));
    });
  } catch (error) {
    if (error instanceof GatehouseError && NO_SUCH_TOKEN.has(clerkStatus(error))) return undefined;
    throw error;
  }
}

/** Clerk's answers to a token that it never issued, or that is not even in its form. */
const NO_SUCH_TOKEN: ReadonlySet<number | undefined> = new Set([400, 404, 422]);

/** Clerk verifies revoked and expired tokens too, and leaves it to its callers to look. */
function judge(record: MachineTokenRecord | undefined): Verdict {
  if (record === undefined) return { accepted: false, expired: false, reason: 'token-invalid' };
  if (record.revoked) return { accepted: false, expired: false, reason: 'token-revoked' };
  if (record.expired) return { accepted: false, expired: true, reason: 'token-expired' };
  return { accepted: true, record };
}

function authOf(verdict: Verdict, { authorizedParties }: Verification): MachineTokenAuth {
  if (!verdict.accepted) throw verdict.expired ? tokenExpired(verdict.reason) : tokenInvalid(verdict.reason);
  const { auth, audience } = verdict.record;
  // A remembered verdict would outlive the token.
  if (auth.tokenExpiresAt !== null && auth.tokenExpiresAt.getTime() + CLOCK_SKEW_MS <= Date.now())
    throw tokenExpired('token-expired');
  if (audience !== undefined && authorizedParties.length > 0 && !names(audience, authorizedParties))
    throw tokenInvalid('token-invalid-audience');
  return auth;
}

/** Whether an audience, made of URLs, has one on any of the origins. */
function names(audience: readonly string[], origins: readonly string[]): boolean {
  return audience.some((url) => URL.canParse(url) && origins.includes(new URL(url).origin));
}
