import { tokenExpired } from '../errors/token-errors';
import {
  rateLimited,
  refusedBySource,
  type SourceName,
  upstreamUnavailable,
} from '../errors/upstream-errors';
import { boundedFetch } from './bounded-fetch';
import { abortError } from './deadline';
import { type Observe, observed } from './observe';
import { retryAfterSeconds } from './retry-after';
import { SourceError } from './source-error';

/** How one request reaches an API that takes the caller's token. */
export interface BearerConnection {
  /** Under which callers know the source. */
  readonly source: SourceName;
  /** Base URL, without a slash at the end. */
  readonly url: string;
  /** The caller's token, which the source's own rules go by. */
  token(): Promise<string>;
  /** Fires at the request's deadline, or when the caller goes away. */
  readonly signal: AbortSignal;
  readonly observe: Observe;
}

export interface BearerRequest {
  /** What is asked for, for the observer. */
  readonly call: string;
  readonly address: string;
  /** Sent as JSON, with POST; without one the request is a GET. */
  readonly body?: object;
  /** Whether an answer with status 401 says that the token's time is over. */
  readonly isExpiry: (answer: unknown) => boolean;
}

export interface JsonAnswer {
  readonly body: unknown;
  /** The `Retry-After` header, in seconds. */
  readonly retryAfter: number | undefined;
}

/** The most of a failed answer that the log quotes, in characters. */
const MAX_QUOTE = 300;

/**
 * Calls an API with the caller's token and reads the JSON that it answers.
 * @throws {GatehouseError} `RATE_LIMITED` (429), `FORBIDDEN` (403), `TOKEN_EXPIRED` (401, where the answer says so),
 * `UPSTREAM_TIMEOUT`, and `UPSTREAM_UNAVAILABLE` for everything else.
 */
export async function fetchJson(connection: BearerConnection, request: BearerRequest): Promise<JsonAnswer> {
  const { source } = connection;
  const { response, text } = await exchange(connection, request);
  const body = parseJson(text);
  const retryAfter = retryAfterSeconds(response.headers.get('retry-after'));
  if (response.ok && body !== undefined) return { body, retryAfter };

  const { status } = response;
  // What ought to have been rows is nothing for the log.
  const said = response.ok ? 'no JSON' : text.slice(0, MAX_QUOTE);
  const cause = new SourceError(`status ${status}: ${said}`);
  if (status === 429) throw rateLimited(source, retryAfter, cause);
  if (status === 401 && request.isExpiry(body)) throw tokenExpired('token-expired-at-source');
  if (status === 403) throw refusedBySource(source, cause);
  throw upstreamUnavailable(source, cause);
}

async function exchange(
  { source, token, signal, observe }: BearerConnection,
  { call, address, body }: BearerRequest,
): Promise<{ response: Response; text: string }> {
  const headers = { accept: 'application/json', authorization: `Bearer ${await token()}` };
  try {
    return await observed(observe, source, call, async () => {
      const response = await boundedFetch(signal)(
        address,
        body === undefined
          ? { headers }
          : {
              method: 'POST',
              headers: { ...headers, 'content-type': 'application/json' },
              body: JSON.stringify(body),
            },
      );
      return { response, text: await response.text() };
    });
  } catch (cause) {
    throw signal.aborted ? abortError(source, signal) : upstreamUnavailable(source, cause);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
