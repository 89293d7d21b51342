import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Agent, request } from 'undici';
import { SourceError } from './source-error';

/** The most an answer of a source may weigh, in bytes: as it is sent, and unpacked. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

/** What is sent to a source. */
export interface SourceRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: string;
}

/** Sends a request to a source and reads the answer, body included. */
export type BoundedFetch = (address: string | URL, request?: SourceRequest) => Promise<Response>;

/** Statuses whose answers have no body. Fetch Standard, 2.2.3. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

const unzip = promisify(gunzip);

/** Connections to the sources, which are kept for the next request. */
const agent = new Agent({ maxResponseSize: MAX_ANSWER_BYTES });

/**
 * A `fetch` for sources: ends, headers and body, when `signal` fires; follows no redirect, which would carry the keys in the headers to
 * another host; gives up on an answer that weighs too much. Not Node's own, whose streams and copies take longer than to read a page.
 *
 * It rejects where there is no answer to be had, a redirect is none, or the body cannot be unpacked.
 */
export function boundedFetch(signal: AbortSignal): BoundedFetch {
  return async (address, { method = 'GET', headers, body = null } = {}) => {
    const answer = await request(address, {
      dispatcher: agent,
      method,
      headers: { 'accept-encoding': 'gzip', ...Object.fromEntries(new Headers(headers)) },
      body,
      signal,
    });
    const { statusCode: status } = answer;
    const sent = await answer.body.arrayBuffer();
    if (status >= 300 && status < 400) throw new SourceError(`status ${status}: redirects are not followed`);
    const bytes = answer.headers['content-encoding'] === 'gzip' ? await unpacked(sent) : sent;
    return new Response(WITHOUT_BODY.has(status) ? null : bytes, {
      status,
      headers: headersOf(answer.headers),
    });
  };
}

/** What answers a HEAD request is said to be packed, and is nothing. */
async function unpacked(bytes: ArrayBuffer): Promise<ArrayBuffer | Uint8Array<ArrayBuffer>> {
  return bytes.byteLength === 0 ? bytes : unzip(bytes, { maxOutputLength: MAX_ANSWER_BYTES });
}

function headersOf(fields: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value ?? []].flat()) headers.append(name, one);
  return headers;
}
