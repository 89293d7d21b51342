import { GatehouseError } from '../errors/gatehouse-error';
import { tooLarge } from '../errors/limit-errors';

/**
 * Reads the body of a `Request` that is text, however it comes: of known length, in chunks, or drop by drop.
 * @param limit bytes.
 * @param patienceMs how long it may take, in milliseconds.
 * @throws {GatehouseError} `REQUEST_ENTITY_TOO_LARGE` as soon as it weighs more, `BAD_REQUEST` where it is not UTF-8, or has not
 * come in time.
 */
export async function readBody(request: Request, limit: number, patienceMs: number): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limit) throw tooLarge('body', limit, announced);
  if (request.body === null) return '';

  const reader = request.body.getReader();
  const giveUp = () => void reader.cancel().catch(() => {});
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    giveUp();
  }, patienceMs);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (late) throw lateBody();
      if (done) return decode(chunks);
      bytes += value.byteLength;
      if (bytes > limit) throw tooLarge('body', limit, bytes);
      chunks.push(value);
    }
  } catch (error) {
    giveUp();
    throw error instanceof GatehouseError ? error : brokenBody(error);
  } finally {
    clearTimeout(timer);
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a body.
 * @throws {GatehouseError} `BAD_REQUEST` where it is not UTF-8.
 */
export function decode(chunks: readonly Uint8Array[]): string {
  const [only = new Uint8Array(), ...others] = chunks;
  try {
    return UTF_8.decode(others.length === 0 ? only : Buffer.concat(chunks));
  } catch (error) {
    throw brokenBody(error);
  }
}

/** A body that cannot be read to its end, or is no text. */
export function brokenBody(cause: unknown): GatehouseError {
  return new GatehouseError('BAD_REQUEST', 'The body is not UTF-8, or broke off.', {}, { cause });
}

/** A body that had not arrived when the request's time was over. */
export function lateBody(): GatehouseError {
  return new GatehouseError('BAD_REQUEST', 'The body did not arrive in time.');
}
