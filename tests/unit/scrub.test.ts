import { expect, test } from 'vitest';
import { scrub } from '../../gateway/scrub';

test.each([
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl',
  'sk_live_abcdefgh12345678',
  'sk_test_abcdefgh12345678',
  'ak_abcdefgh12345678',
  'mt_abcdefgh12345678',
  'oat_abcdefgh12345678',
  'whsec_abcdefgh+/12345678=',
  'sb_secret_abcdefgh',
  'Bearer abcdefgh12345678',
  'basic YWxhZGRpbjpvcGVu',
])('%s does not survive', (secret) => {
  expect(scrub(`before "${secret}", after`)).toMatch(/^before "\[redacted\]", after$/);
});

test('ids and ordinary words stay as they are', () => {
  const text = 'user_2ada000 in org_2acme, sess_1: a bearer of bad news, task_list, pk_live_public';
  expect(scrub(text)).toBe(text);
});
