import { GatehouseError } from '../errors/gatehouse-error';
import { tooLarge } from '../errors/limit-errors';

/**
 * Reads a body that is text, however it comes: of known length, in chunks, or drop by drop.
 * @param limit bytes.
 * @param signal fires when nobody waits any longer.
 * @throws {GatehouseError} `REQUEST_ENTITY_TOO_LARGE` as soon as it weighs more, `BAD_REQUEST` where it is not UTF-8, or has not
 * come in time.
 */
export async function readBody(request: Request, limit: number, signal: AbortSignal): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limit) throw tooLarge('body', limit, announced);
  if (request.body === null) return '';

  const reader = request.body.getReader();
  const giveUp = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener('abort', giveUp, { once: true });
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let bytes = 0;
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (signal.aborted) throw new GatehouseError('BAD_REQUEST', 'The body did not arrive in time.');
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > limit) throw tooLarge('body', limit, bytes);
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    giveUp();
    if (error instanceof GatehouseError) throw error;
    throw new GatehouseError('BAD_REQUEST', 'The body is not UTF-8, or broke off.', {}, { cause: error });
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
