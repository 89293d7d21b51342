import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.clear());
afterAll(() => world.close());

const lines = () => world.log.filter(({ msg }) => msg === 'request');
const QUERY = 'query Names { viewer { firstName } externalData { tasks { totalCount } } }';

test('a request is one line, with these fields: whoever reads logs by machine relies on them', async () => {
  const before = lines().length;
  const { headers } = await send(world.gateway, QUERY, { token: await world.token('ada') });
  expect(lines()).toHaveLength(before + 1);
  expect(lines().at(-1)).toEqual({
    level: 30,
    time: expect.any(Number),
    msg: 'request',
    requestId: headers.get('x-request-id'),
    method: 'POST',
    status: 200,
    ms: expect.any(Number),
    principal: 'user',
    principalId: world.clerk.users[0]?.id,
    operation: 'Names',
    document: createHash('sha256').update(QUERY).digest('hex'),
    calls: 2,
  });
});

test('codes are named, each once, and variables are not', async () => {
  const token = await world.token('ada');
  await send(
    world.gateway,
    'query Secret($a: String) { a: externalData { tasks(after: $a) { totalCount } } b: externalData { tasks(after: $a) { totalCount } } }',
    { token, variables: { a: 'something private' } },
  );
  expect(lines().at(-1)).toMatchObject({ operation: 'Secret', codes: ['BAD_USER_INPUT'], calls: 0 });
  expect(JSON.stringify(world.log)).not.toContain('something private');
});

test('a request that is refused before it is read has a line too', async () => {
  await send(world.gateway, QUERY, { token: 'x.y.z' });
  expect(lines().at(-1)).toMatchObject({
    principal: 'refused',
    status: 401,
    codes: ['TOKEN_INVALID'],
    calls: 0,
  });
  expect(lines().at(-1)).not.toHaveProperty('operation');
});
