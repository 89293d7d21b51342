import { GatehouseError } from '../errors/gatehouse-error';
import type { Clerk } from '../sources/clerk';
import type { Exchange } from './exchange';
import { refusalStatus } from './http-status';
import type { Logger } from './logger';
import { readBody } from './read-body';

/** The most a webhook may weigh, in bytes. */
const MAX_BYTES = 256 * 1024;

/** Takes a webhook of Clerk. Never rejects: a forged one is answered with 400, and changes nothing. */
export async function receiveWebhook(
  request: Request,
  { requestId, deadline }: Exchange,
  clerk: Clerk,
  logger: Logger,
): Promise<Response> {
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  try {
    const body = await readBody(request, MAX_BYTES, deadline.at - Date.now());
    const type = await clerk.receiveWebhook(
      new Request(request.url, { method: 'POST', headers: request.headers, body }),
    );
    return Response.json({ received: type });
  } catch (error) {
    const { code, message, cause } =
      error instanceof GatehouseError
        ? error
        : new GatehouseError(
            'INTERNAL_SERVER_ERROR',
            'Something went wrong on our side.',
            {},
            { cause: error },
          );
    logger.warn({ requestId, code, error: cause ?? error }, message);
    return Response.json(
      { errors: [{ message, extensions: { code } }] },
      { status: refusalStatus(code) ?? 400 },
    );
  }
}
