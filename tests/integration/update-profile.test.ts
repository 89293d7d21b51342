import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;
let gateway: Gateway;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.clerk.control.reset();
  // How many changes of a user a gateway has seen lately is its own.
  gateway = world.gatewayWith({});
});
afterAll(() => world.close());

const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { viewer { id firstName lastName fullName } } }`;

async function update(input: object, user = 'ada') {
  return send(gateway, UPDATE, { token: await world.token(user), variables: { input } });
}

async function names(user = 'ada') {
  const query = '{ viewer { firstName lastName fullName } }';
  return (await send(gateway, query, { token: await world.token(user) })).data.viewer;
}

test.each([
  [{ firstName: 'Augusta' }, { firstName: 'Augusta', lastName: 'Lovelace', fullName: 'Augusta Lovelace' }],
  [{ lastName: 'King' }, { firstName: 'Ada', lastName: 'King', fullName: 'Ada King' }],
  [{ firstName: null }, { firstName: null, lastName: 'Lovelace', fullName: 'Lovelace' }],
  [{ lastName: '' }, { firstName: 'Ada', lastName: null, fullName: 'Ada' }],
  [
    { firstName: ' \t', lastName: null },
    { firstName: null, lastName: null, fullName: null },
  ],
  [
    { firstName: '  Ada  Augusta ' },
    { firstName: 'Ada  Augusta', lastName: 'Lovelace', fullName: 'Ada  Augusta Lovelace' },
  ],
  [
    { firstName: 'x'.repeat(256) },
    { firstName: 'x'.repeat(256), lastName: 'Lovelace', fullName: `${'x'.repeat(256)} Lovelace` },
  ],
  [
    { firstName: 'José', lastName: 'O’Brien-Ōe 王' },
    { firstName: 'José', lastName: 'O’Brien-Ōe 王', fullName: 'José O’Brien-Ōe 王' },
  ],
])('%j is written, shown in the answer and in the next query', async (input, expected) => {
  const { status, data, errors } = await update(input);
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
  expect(data.updateProfile.viewer).toEqual({ id: world.clerk.users[0]?.id, ...expected });
  expect(world.clerk.control.calls()).toEqual({ 'PATCH /v1/users/:id': 1 });
  expect(await names()).toEqual(expected);
});

test('an input that changes nothing writes nothing', async () => {
  const { data } = await update({});
  expect(data.updateProfile.viewer.fullName).toBe('Ada Lovelace');
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/users/:id': 1 });
});

test.each([
  [{ firstName: 'x'.repeat(257) }, ['firstName']],
  [{ firstName: 'Ada\u0000' }, ['firstName']],
  [{ firstName: 'A\nda' }, ['firstName']],
  [{ lastName: 'Love\u202elace' }, ['lastName']],
  [{ firstName: 'A\u0007', lastName: 'y'.repeat(300) }, ['firstName', 'lastName']],
  [{ firstName: 'Fine', lastName: 'Not\u001b[31m' }, ['lastName']],
])('%j is BAD_USER_INPUT at its field, and nothing is written', async (input, fields) => {
  const { status, data, codes, errors } = await update(input);
  expect({ status, codes }).toEqual({ status: 200, codes: ['BAD_USER_INPUT'] });
  expect(data).toEqual({ updateProfile: null });
  expect(errors[0]?.extensions.issues).toMatchObject(fields.map((field) => ({ path: ['input', field] })));
  expect(world.clerk.control.calls()).toEqual({});
  expect(await names()).toMatchObject({ fullName: 'Ada Lovelace' });
});

test('a value of the wrong type is BAD_USER_INPUT before anything runs', async () => {
  const { codes, data, errors } = await update({ firstName: 7 });
  expect({ codes, data }).toEqual({ codes: ['BAD_USER_INPUT'], data: undefined });
  expect(errors[0]?.extensions.issues).toMatchObject([{ path: ['input', 'firstName'] }]);
});

test('what Clerk itself refuses is BAD_USER_INPUT at its field, without its words', async () => {
  world.clerk.control.inject({
    endpoint: 'PATCH',
    fault: {
      kind: 'status',
      status: 422,
      contentType: 'application/json',
      body: JSON.stringify({
        errors: [
          { code: 'form_param_format_invalid', message: 'internal words', meta: { param_name: 'last_name' } },
        ],
      }),
    },
  });
  const { codes, errors } = await update({ lastName: 'Anything' });
  expect(codes).toEqual(['BAD_USER_INPUT']);
  expect(errors[0]?.extensions.issues).toEqual([
    { path: ['input', 'lastName'], message: 'This value is not accepted.' },
  ]);
  expect(JSON.stringify(errors)).not.toContain('internal words');
});

test('mutations of one operation run in order, and each answer shows the state after all of them', async () => {
  const { data, errors } = await send(
    gateway,
    `mutation {
      one: updateProfile(input: { firstName: "One" }) { viewer { firstName } }
      two: updateProfile(input: { firstName: "Two" }) { viewer { firstName lastName } } }`,
    { token: await world.token('ada') },
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({
    one: { viewer: { firstName: 'One' } },
    two: { viewer: { firstName: 'Two', lastName: 'Lovelace' } },
  });
  expect(world.clerk.control.calls()).toEqual({ 'PATCH /v1/users/:id': 2 });
});

test("nobody's names but the caller's change", async () => {
  await update({ firstName: 'Changed' }, 'grace');
  expect(await names('grace')).toMatchObject({ firstName: 'Changed' });
  expect(await names('ada')).toMatchObject({ firstName: 'Ada' });
});

test('a mutation cannot be sent with GET', async () => {
  const response = await gateway.fetch(
    new Request(
      `http://localhost:3000/api/graphql?query=${encodeURIComponent('mutation { updateProfile(input: { firstName: "X" }) { viewer { id } } }')}`,
      { headers: { authorization: `Bearer ${await world.token('ada')}` } },
    ),
  );
  expect(response.status).toBe(405);
  expect(world.clerk.control.calls()).toEqual({});
});
