import { expect, test } from 'vitest';
import { executionStatus, refusalStatus } from '../../gateway/http-status';

const failure = (code: string, ...path: string[]) => ({ path, extensions: { code } });

test.each([
  ['nothing failed', { a: 1 }, [], 200],
  ['the only root field needs a user', { a: null }, [failure('UNAUTHENTICATED', 'a')], 401],
  [
    'all root fields need a user',
    { a: null, b: null },
    [failure('UNAUTHENTICATED', 'a'), failure('UNAUTHENTICATED', 'b')],
    401,
  ],
  ['one of two was granted', { a: null, b: 1 }, [failure('UNAUTHENTICATED', 'a')], 200],
  [
    'one of two was granted and failed',
    { a: null, b: null },
    [failure('UNAUTHENTICATED', 'a'), failure('UPSTREAM_TIMEOUT', 'b')],
    200,
  ],
  ['all were forbidden', { a: null }, [failure('FORBIDDEN', 'a')], 403],
  [
    'denied for different reasons',
    { a: null, b: null },
    [failure('UNAUTHENTICATED', 'a'), failure('FORBIDDEN', 'b')],
    403,
  ],
  ['a field below was denied', { a: { b: null } }, [failure('FORBIDDEN', 'a', 'b')], 200],
  ['a bad argument', { a: null }, [failure('BAD_USER_INPUT', 'a')], 200],
  ['a null without an error', { a: null }, [], 200],
  ['a denied field that must not be null', null, [failure('UNAUTHENTICATED', 'a')], 401],
] as const)('%s', (_what, data, errors, status) => {
  expect(executionStatus(data, errors)).toBe(status);
});

test('a refused token is 401, and an unknown code is left to the protocol', () => {
  expect(refusalStatus('TOKEN_INVALID')).toBe(401);
  expect(refusalStatus('TOKEN_EXPIRED')).toBe(401);
  expect(refusalStatus('GRAPHQL_PARSE_FAILED')).toBeUndefined();
  expect(refusalStatus(undefined)).toBeUndefined();
});
