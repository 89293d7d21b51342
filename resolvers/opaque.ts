/** Longest cursor that is looked at, in characters: a text column's value may be in it. */
const MAX_LENGTH = 16_384;

/** A value as a text that clients pass back but do not read: base64url of JSON. */
export function encodeOpaque(value: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The list in an opaque text, or `undefined` where it is not what {@link encodeOpaque} makes. */
export function decodeOpaque(text: string): readonly unknown[] | undefined {
  if (text.length > MAX_LENGTH || !/^[\w-]+$/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) && encodeOpaque(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
