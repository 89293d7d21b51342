import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeOpaque, encodeOpaque } from '../../resolvers/opaque';

test('every list comes back as it went in, or not at all where it is too long', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean())), (list) => {
      expect(decodeOpaque(encodeOpaque(list))).toEqual(list);
    }),
  );
});

test('no text makes it throw, and what is taken is what was handed out, to the letter', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      const list = decodeOpaque(text);
      if (list !== undefined) expect(encodeOpaque(list)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
