import type { ErrorCode } from './codes';

/** What a failure says beside its code and message. Every value is safe to show to the caller. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * A failure with a stable code, free of GraphQL. `message` and `details` reach the caller, `cause` only the
 * log. `gateway/mask-error.ts` is the one place that turns it into an entry of `errors[]`.
 */
export class GatehouseError extends Error {
  override readonly name = 'GatehouseError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
