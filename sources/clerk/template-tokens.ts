import type { ClerkClient } from '@clerk/backend';
import { decodeJwt } from '@clerk/backend/jwt';
import { LRUCache } from 'lru-cache';
import { GatehouseError } from '../../errors/gatehouse-error';
import { upstreamUnavailable } from '../../errors/upstream-errors';
import type { Deadline } from '../deadline';
import { inFlight } from '../in-flight';
import type { Observe } from '../observe';
import type { UserAuth } from '../ports';
import { WALL_CLOCK } from '../wall-clock';
import type { BackendApi } from './backend-api';
import { CLERK } from './coded-error';
import { parseToken } from './records';
import { waitFor } from './wait';

const MAX_TOKENS = 10_000;

/** A token that ends sooner is not handed out any more, so that it does not end on its way. */
const MARGIN_MS = 5_000;

/** Tokens made from JWT templates: each is minted once per session, organization and template, and used while it lives. */
export interface TemplateTokens {
  /**
   * @throws {GatehouseError} `RATE_LIMITED`, `UPSTREAM_TIMEOUT`, or `UPSTREAM_UNAVAILABLE`: also where there is no such template, or
   * the session has ended.
   */
  mint(auth: UserAuth, template: string, deadline: Deadline, observe: Observe): Promise<string>;
  /** The session has ended: its tokens are not handed out any more. */
  forget(sessionId: string): void;
}

export function createTemplateTokens(client: ClerkClient, api: BackendApi): TemplateTokens {
  const tokens = new LRUCache<string, string>({ max: MAX_TOKENS, perf: WALL_CLOCK });
  const minting = inFlight<string>();

  async function mint(key: string, sessionId: string, template: string): Promise<string> {
    const token = await api
      .sharedRead(async () => parseToken(await client.sessions.getToken(sessionId, template)))
      .catch((error: unknown) => {
        // It is the token that is not there, and not what the caller asked for.
        throw error instanceof GatehouseError && error.code === 'NOT_FOUND'
          ? upstreamUnavailable(CLERK, error.cause)
          : error;
      });
    const ttl = expiryOf(token) - MARGIN_MS - Date.now();
    if (ttl > 0) tokens.set(key, token, { ttl });
    return token;
  }

  return {
    async mint({ sessionId, userId, organization }, template, deadline, observe) {
      // Templates may speak of the active organization, which a session can change.
      const key = JSON.stringify([sessionId, userId, organization?.id ?? null, template]);
      return (
        tokens.get(key) ??
        waitFor({ deadline, observe }, 'template token', () =>
          minting(key, () => mint(key, sessionId, template)),
        )
      );
    },
    forget(sessionId) {
      const start = `${JSON.stringify([sessionId]).slice(0, -1)},`;
      for (const key of tokens.keys()) if (key.startsWith(start)) tokens.delete(key);
    },
  };
}

/** When a token ends, in milliseconds since 1970; 0 where it is no JWT, or does not say. */
function expiryOf(token: string): number {
  try {
    return decodeJwt(token).payload.exp * 1000;
  } catch {
    return 0;
  }
}
