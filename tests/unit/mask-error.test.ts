import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { GatehouseError } from '../../errors/gatehouse-error';
import { maskError } from '../../gateway/mask-error';

const PATH = { path: ['viewer', 'id'] };

test.each([
  ['an error of ours is not', new TypeError('secret internals')],
  ['a value that is no error', 'secret internals'],
  [
    'a bug behind a field',
    new GraphQLError('secret internals', { ...PATH, originalError: new TypeError('secret internals') }),
  ],
  [
    "GraphQL's own words about a result",
    new GraphQLError('String cannot represent value: secret internals', PATH),
  ],
])('%s is masked, and keeps its cause for the log', (_what, error) => {
  const masked = maskError(error);
  expect(JSON.stringify(masked)).not.toContain('secret internals');
  expect(masked.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
  expect(String(masked.originalError)).toContain('secret internals');
});

test('a coded failure keeps its code, message, details and place', () => {
  const cause = new GatehouseError(
    'RATE_LIMITED',
    'Wait.',
    { source: 'clerk', retryAfter: 3 },
    { cause: new Error('x') },
  );
  const masked = maskError(new GraphQLError('Wait.', { ...PATH, originalError: cause }));
  expect(masked.toJSON()).toEqual({
    message: 'Wait.',
    path: PATH.path,
    extensions: { code: 'RATE_LIMITED', source: 'clerk', retryAfter: 3 },
  });
});

test('an error about a variable says where it is', () => {
  const masked = maskError(
    new GraphQLError('Variable "$input" got invalid value 7 at "input.items[2].name"; String cannot …'),
  );
  expect(masked.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    issues: [{ path: ['input', 'items', 2, 'name'] }],
  });
});
