import { randomBytes } from 'node:crypto';

type ErrorStatus = 400 | 401 | 404 | 422 | 429 | 500 | 501;

interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Default: the message. */
  readonly longMessage?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** A refusal in the words of Clerk's Backend API. Codes: clerk.com/docs, "Backend API errors". */
export class ClerkError extends Error {
  override readonly name = 'ClerkError';
  readonly status: ErrorStatus;
  readonly #refusal: Refusal;

  constructor(status: ErrorStatus, refusal: Refusal) {
    super(refusal.longMessage ?? refusal.message);
    this.status = status;
    this.#refusal = refusal;
  }

  /** The answer's body. */
  toJSON() {
    const { code, message, longMessage = message, meta = {} } = this.#refusal;
    return {
      errors: [{ code, message, long_message: longMessage, meta }],
      clerk_trace_id: randomBytes(16).toString('hex'),
    };
  }

  /** @param headers beside `Content-Type`. */
  toResponse(headers: Record<string, string> = {}): Response {
    return new Response(JSON.stringify(this), {
      status: this.status,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }
}

/** 404. @param what such as `user`. */
export function notFound(what: string, id: string): ClerkError {
  return new ClerkError(404, {
    code: 'resource_not_found',
    message: 'not found',
    longMessage: `No ${what} was found with id ${id}`,
  });
}

/** 422 about one parameter. */
export function unprocessable(code: string, parameter: string, longMessage: string): ClerkError {
  return new ClerkError(422, { code, message: 'is invalid', longMessage, meta: { param_name: parameter } });
}

/** 501: Clerk may well have the endpoint, the local one does not. */
export function notImplemented(method: string, path: string): ClerkError {
  return new ClerkError(501, {
    code: 'local_clerk_not_implemented',
    message: `The local Clerk does not implement ${method} ${path}`,
  });
}
