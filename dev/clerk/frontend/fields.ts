import { z } from 'zod';

/** A person's name as a form field; '' clears it. */
export const nameField = z
  .string()
  .trim()
  .max(256)
  .transform((name) => (name === '' ? null : name));

/** Metadata as a form field: a JSON object. */
export const metadataField = z.string().transform((text, ctx): Record<string, unknown> => {
  const object = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  if (object.success) return object.data;
  ctx.addIssue({ code: 'custom', message: 'must be a JSON object' });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
