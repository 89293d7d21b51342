import { unauthenticated } from '../errors/token-errors';
import { createRelatedRows, type RelatedRows } from '../resolvers/external/related-rows';
import type { GatehouseContext } from '../schema';
import type { Authentication, Clerk } from '../sources/clerk';
import type { Auth, Directory, ExternalSources } from '../sources/ports';
import type { GatewayConfig } from './env';
import type { Exchange } from './exchange';
import { openSources, type SourceSetup } from './sources';

/** What the contexts of all operations share. */
export interface ContextParts {
  readonly config: GatewayConfig;
  readonly clerk: Clerk;
  readonly setups: readonly SourceSetup[];
}

/** The frozen context of one operation: who asks, and what they may reach with their own token. */
export function createContext(
  parts: ContextParts,
  authentication: Authentication,
  exchange: Exchange,
): GatehouseContext {
  return Object.freeze(new OperationContext(parts, authentication, exchange));
}

/** What an operation does not ask for is not made: many are answered by the token alone. */
class OperationContext implements GatehouseContext {
  readonly auth: Auth;
  readonly maxPageSize: number;
  readonly #parts: ContextParts;
  readonly #authentication: Authentication;
  readonly #exchange: Exchange;
  #directory: Directory | undefined;
  #sources: ExternalSources | undefined;
  #relatedRows: RelatedRows | undefined;

  constructor(parts: ContextParts, authentication: Authentication, exchange: Exchange) {
    this.auth = authentication.auth;
    this.maxPageSize = parts.config.limits.pageSize;
    this.#parts = parts;
    this.#authentication = authentication;
    this.#exchange = exchange;
  }

  get directory(): Directory {
    const exchange = this.#exchange;
    this.#directory ??= this.#parts.clerk.directory({
      auth: this.auth,
      deadline: exchange.deadline,
      observe: exchange.observe,
      onStale(ageMs) {
        exchange.staleForMs = Math.max(exchange.staleForMs ?? 0, ageMs);
      },
    });
    return this.#directory;
  }

  get sources(): ExternalSources {
    const { deadline, observe } = this.#exchange;
    const { clerk, setups } = this.#parts;
    this.#sources ??= openSources(setups, tokensFor(this.#authentication, clerk, this.#exchange), {
      signal: deadline.signal,
      observe,
    });
    return this.#sources;
  }

  get relatedRows(): RelatedRows {
    this.#relatedRows ??= createRelatedRows(this.sources);
    return this.#relatedRows;
  }
}

/** The caller's token for a source. Each template's is asked for once. */
function tokensFor(
  { auth, sessionToken }: Authentication,
  clerk: Clerk,
  { deadline, observe }: Exchange,
): (template: string | undefined) => Promise<string> {
  const made = new Map<string, Promise<string>>();
  return async (template) => {
    // Without a token a source would go on with whatever it shows to everybody.
    if (auth.kind !== 'user' || sessionToken === null) throw unauthenticated();
    if (template === undefined) return sessionToken;
    const token = made.get(template) ?? clerk.templateToken(auth, template, deadline, observe);
    made.set(template, token);
    return token;
  };
}
