import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;
let closed: Gateway;

beforeAll(async () => {
  world = await startWorld();
  closed = world.gatewayWith({ GATEWAY_INTROSPECTION: 'off' });
});
afterAll(() => world.close());

const INTROSPECTION = [
  '{ __schema { types { name } } }',
  '{ __type(name: "Viewer") { fields { name } } }',
  '{ ...F } fragment F on Query { s: __schema { queryType { name } } }',
  'query ($no: Boolean!) { __schema @include(if: $no) { types { name } } }',
];

test.each(INTROSPECTION)('with introspection off %s is refused, and only then', async (query) => {
  const token = await world.token('ada');
  const variables = query.includes('$no') ? { no: true } : {};
  expect((await send(closed, query, { token, variables })).codes).toContain('GRAPHQL_VALIDATION_FAILED');
  expect((await send(world.gateway, query, { token, variables })).status).toBe(200);
});

test('with introspection off __typename still answers: clients add it everywhere', async () => {
  const { data } = await send(closed, '{ __typename viewer { __typename } }', {
    token: await world.token('ada'),
  });
  expect(data).toEqual({ __typename: 'Query', viewer: { __typename: 'Viewer' } });
});

/** A name that is almost right, and what must not be told. */
const GUESSES: readonly (readonly [query: string, secret: RegExp, variables?: object])[] = [
  ['{ viewr { id } }', /\bviewer\b/],
  ['{ viewer { fristName } }', /\bfirstName\b/],
  ['{ ... on Viewr { id } }', /\bViewer\b/],
  ['{ viewer { organizations(frist: 1) { totalCount } } }', /\bfirst\b/],
  ['{ viewer { organizations { edgs { cursor } } } }', /\bedges\b/],
  ['query ($a: Strng) { __typename }', /\bString\b/],
  ['mutation { updateProfil(input: {}) { viewer { id } } }', /\bupdateProfile\b/],
  ['mutation { updateProfile(input: { fristName: "x" }) { viewer { id } } }', /\bfirstName\b/],
  ['{ externalData { tasks(orderBy: { field: CREATED_A }) { totalCount } } }', /\bCREATED_AT\b/],
  [
    'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { viewer { id } } }',
    /\bfirstName\b/,
    { input: { fristName: 'x' } },
  ],
  [
    'query ($order: TaskOrder) { externalData { tasks(orderBy: $order) { totalCount } } }',
    /\bCREATED_AT\b/,
    { order: { field: 'CREATED_A', direction: 'ASC' } },
  ],
];

describe('with introspection off a wrong guess is told nothing', () => {
  test.each(GUESSES.map(([query, secret, variables]) => ({ query, secret, variables })))(
    '$query',
    async ({ query, secret, variables = {} }) => {
      const { codes, errors } = await send(closed, query, {
        token: await world.token('ada'),
        variables: { ...variables },
      });
      expect(codes.length).toBeGreaterThan(0);
      expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
      expect(JSON.stringify(errors)).not.toMatch(secret);
    },
  );

  test('and with it on, help', async () => {
    const { errors } = await send(world.gateway, '{ viewr { id } }');
    expect(errors[0]?.message).toContain('Did you mean "viewer"?');
  });
});
