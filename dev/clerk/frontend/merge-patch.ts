import { z } from 'zod';

const ObjectSchema = z.record(z.string(), z.unknown());

/** A JSON object after a merge patch (RFC 7396): null removes, objects merge, anything else replaces. */
export function mergePatch(
  target: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    const inner = ObjectSchema.safeParse(value);
    if (value === null) merged.delete(key);
    else if (inner.success) merged.set(key, mergePatch(objectOf(merged.get(key)), inner.data));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function objectOf(value: unknown): Record<string, unknown> {
  return ObjectSchema.safeParse(value).data ?? {};
}
