import { expect, test } from 'vitest';
import { lookForLeaks, takeLeaks } from '../harness/leaks';

test.each([
  '{"token":"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl"}',
  'Authorization: Bearer sk_live_abcdefgh',
  'unknown key ak_local_ada_valid',
  'cookie: __session_Ab3=x.y.z',
  'cookie: __client=abc',
  'whsec_abc+/=',
])('the suite fails on an output like %s', (output) => {
  lookForLeaks('a log line', output);
  expect(takeLeaks()).toHaveLength(1);
});

test('ordinary outputs pass', () => {
  lookForLeaks('a log line', '{"principal":"apiKey","principalId":"ak_00000000000000000000000000a1","ms":3}');
  expect(takeLeaks()).toEqual([]);
});
