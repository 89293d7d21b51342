import { GatehouseError } from '../errors/gatehouse-error';
import { tooLarge } from '../errors/limit-errors';

/** A body of text that comes in pieces, however many. */
export class BodyText {
  readonly #limit: number;
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;

  /**
   * @param limit bytes.
   * @param announced what `Content-Length` says; null where it is not there.
   * @throws {GatehouseError} `REQUEST_ENTITY_TOO_LARGE` where more is announced.
   */
  constructor(limit: number, announced: string | null) {
    this.#limit = limit;
    this.#weigh(Number(announced ?? 0));
  }

  /** @throws {GatehouseError} `REQUEST_ENTITY_TOO_LARGE` as soon as it weighs more. */
  add(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength;
    this.#weigh(this.#bytes);
    this.#chunks.push(chunk);
  }

  /** @throws {GatehouseError} `BAD_REQUEST` where it is not UTF-8. */
  text(): string {
    const [first, ...others] = this.#chunks;
    if (first === undefined) return '';
    try {
      return UTF_8.decode(others.length === 0 ? first : Buffer.concat(this.#chunks));
    } catch (error) {
      throw brokenBody(error);
    }
  }

  #weigh(bytes: number): void {
    if (bytes > this.#limit) throw tooLarge('body', this.#limit, bytes);
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A body that cannot be read to its end, or is no text. */
export function brokenBody(cause: unknown): GatehouseError {
  return new GatehouseError('BAD_REQUEST', 'The body is not UTF-8, or broke off.', {}, { cause });
}

/** A body that dripped until the request's time was over. */
export function lateBody(): GatehouseError {
  return new GatehouseError('BAD_REQUEST', 'The body did not arrive in time.');
}

/**
 * Reads the body of a `Request`.
 * @param limit bytes.
 * @param signal fires when nobody waits any longer.
 * @throws {GatehouseError} `REQUEST_ENTITY_TOO_LARGE` as soon as it weighs more, `BAD_REQUEST` where it is not UTF-8, or has not
 * come in time.
 */
export async function readBody(request: Request, limit: number, signal: AbortSignal): Promise<string> {
  const body = new BodyText(limit, request.headers.get('content-length'));
  if (request.body === null) return '';

  const reader = request.body.getReader();
  const giveUp = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) throw lateBody();
      if (done) return body.text();
      body.add(value);
    }
  } catch (error) {
    giveUp();
    throw error instanceof GatehouseError ? error : brokenBody(error);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
