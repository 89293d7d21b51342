import type { Context } from 'hono';
import { z } from 'zod';
import { ClerkError, unprocessable } from './errors';

/**
 * The JSON body; an absent one counts as `{}`.
 *
 * @throws {ClerkError} 400 when it is no JSON object, 422 naming the parameter that does not fit.
 */
export async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  return parse(schema, parseJsonObject(await c.req.text()));
}

/**
 * The fields of an urlencoded body. The schema sees a string per field.
 *
 * @throws {ClerkError} 422 naming the field that does not fit.
 */
export async function readForm<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  return parse(schema, Object.fromEntries(new URLSearchParams(await c.req.text())));
}

/**
 * The query. The schema sees a string per parameter, or the array that it asks for with {@link repeated}.
 *
 * @throws {ClerkError} 422 naming the parameter that does not fit.
 */
export function readQuery<T>(c: Context, schema: z.ZodType<T>): T {
  return parse(schema, c.req.queries());
}

/** A parameter that may come more than once, as in `?user_id=a&user_id=b`. */
export const repeated = z.array(z.string()).optional();

/** A parameter that comes at most once. */
export function single<T extends z.ZodType<unknown, string>>(schema: T) {
  return z
    .tuple([z.string()], 'must be given once')
    .transform(([value]) => value)
    .pipe(schema);
}

/** `limit` and `offset`, for a query's schema. */
export const paging = {
  limit: single(z.coerce.number<string>().int().min(1).max(500)).default(10),
  offset: single(z.coerce.number<string>().int().min(0)).default(0),
  /** The SDK sends it along with some lists. */
  paginated: single(z.string()).optional(),
};

/** The part of a list that the paging asks for. */
export function page<T>(
  items: readonly T[],
  { limit, offset }: { limit: number; offset: number },
): readonly T[] {
  return items.slice(offset, offset + limit);
}

function parseJsonObject(text: string): unknown {
  try {
    return text === '' ? {} : z.looseObject({}).parse(JSON.parse(text));
  } catch {
    throw new ClerkError(400, { code: 'request_body_invalid', message: 'Request body invalid' });
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined
    ? unprocessable('form_param_format_invalid', '', 'is invalid')
    : refusalOf(issue, value);
}

function refusalOf(issue: z.core.$ZodIssue, value: unknown): ClerkError {
  const parameter = String(issue.path[0] ?? '');
  switch (issue.code) {
    case 'unrecognized_keys': {
      const unknown = issue.keys.join(', ');
      return unprocessable(
        'form_param_unknown',
        unknown,
        `${unknown} is not a parameter the local Clerk takes`,
      );
    }
    case 'too_big':
      return unprocessable(
        issue.origin === 'string' ? 'form_param_max_length_exceeded' : 'form_param_format_invalid',
        parameter,
        `${parameter} exceeds maximum ${issue.maximum}`,
      );
    default: {
      const missing = typeof value === 'object' && value !== null && !(parameter in value);
      return missing
        ? unprocessable('form_param_missing', parameter, `${parameter} must be included`)
        : unprocessable('form_param_format_invalid', parameter, `${parameter}: ${issue.message}`);
    }
  }
}
