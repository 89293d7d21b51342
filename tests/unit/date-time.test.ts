import { expect, test } from 'vitest';
import { DateTime } from '../../schema/date-time';

test.each([
  [new Date('2026-11-25T09:30:00Z'), '2026-11-25T09:30:00.000Z'],
  ['2026-11-25T09:30:00.123456+00:00', '2026-11-25T09:30:00.123456Z'],
  ['2026-11-25 09:30:00+00', '2026-11-25T09:30:00Z'],
  ['2026-11-25 09:30:00.5+05:30', '2026-11-25T09:30:00.5+05:30'],
  ['2026-11-25 09:30:00+0530', '2026-11-25T09:30:00+05:30'],
  ['2026-11-25 09:30:00-08', '2026-11-25T09:30:00-08:00'],
  ['2026-11-25 09:30:00-00:30', '2026-11-25T09:30:00-00:30'],
])('%s is written as %s', (value, written) => {
  expect(DateTime.serialize(value)).toBe(written);
});

test.each(['yesterday', '2026-11-25', 7, null, ''])('%s is not written as a time', (value) => {
  expect(() => DateTime.serialize(value)).toThrow();
});

test.each(['2026-11-25T09:30:00Z', '2026-11-25T09:30:00.123456-08:00'])('%s is read as it is', (text) => {
  expect(DateTime.parseValue(text)).toBe(text);
});

test.each([
  '2026-11-25',
  '2026-13-25T09:30:00Z',
  '2026-11-25T09:30:00',
  '2026-11-25T09:30:00Z,id.gt.0',
  7,
  null,
])('%s is not read', (value) => {
  expect(() => DateTime.parseValue(value)).toThrow(/RFC 3339/);
});
