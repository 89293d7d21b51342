/** The most an answer of a source may weigh, in bytes. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;

/** An answer weighed more than {@link MAX_ANSWER_BYTES}. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError';
}

/**
 * A `fetch` for sources: ends, headers and body, when `signal` fires; follows no redirect, which would carry the
 * keys in the headers to another host; gives up on an answer that weighs too much.
 */
export function boundedFetch(signal: AbortSignal, maxBytes = MAX_ANSWER_BYTES): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal, redirect: 'error' });
    if (response.body === null || isKnownToFit(response.headers, maxBytes)) return response;
    // The pipe has to know the signal itself: Node 20 collects a response of which only the body is read, and with it
    // what ends the body.
    return new Response(response.body.pipeThrough(byteCap(maxBytes), { signal }), {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

/** By its length, beyond which nobody reads, unless it comes in chunks or has to be unpacked. */
function isKnownToFit(headers: Headers, maxBytes: number): boolean {
  const length = headers.get('content-length');
  if (length === null || headers.has('transfer-encoding') || headers.has('content-encoding')) return false;
  return Number(length) <= maxBytes;
}

function byteCap(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new AnswerTooLargeError(`More than ${maxBytes} bytes.`);
      controller.enqueue(chunk);
    },
  });
}
