import type { Context } from 'hono';
import { ClerkError, notImplemented } from './errors';

/** Answers with what was thrown, in Clerk's words. */
export function answerError(error: unknown): Response {
  if (error instanceof ClerkError) return error.toResponse();
  console.error('Local Clerk:', error);
  return new ClerkError(500, { code: 'internal_clerk_error', message: String(error) }).toResponse();
}

/** Answers 501 with the endpoint's name. */
export function answerNotImplemented(c: Context): Response {
  return notImplemented(c.req.method, c.req.path).toResponse();
}
