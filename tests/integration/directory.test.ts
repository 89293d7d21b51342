import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

const NAMES = '{ viewer { id firstName lastName } }';
const RENAME = `mutation ($name: String!) {
  updateProfile(input: { firstName: $name }) { viewer { firstName } } }`;
const CACHED = { GATEWAY_CACHE_SECONDS: '30', GATEWAY_STALE_SECONDS: '600' };

let world: World;
let gateway: Gateway;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.clerk.control.reset();
  gateway = world.gatewayWith(CACHED);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => world.close());

const firstName = async (of: Gateway, mint = {}) =>
  (await send(of, NAMES, { token: await world.token('ada', mint) })).data.viewer.firstName;

/** Changes a user behind the gateway's back, as somebody does in Clerk's dashboard. */
function renameElsewhere(name: string): void {
  const user = world.clerk.state.state.users.find(({ email }) => email === 'ada@example.com');
  if (user === undefined) throw new Error('Ada is gone.');
  world.clerk.state.apply({
    type: 'user.updated',
    user: { ...user, firstName: name, updatedAt: Date.now() },
  });
}

describe('a user', () => {
  test('is fetched once for many requests, at once and one after the other', async () => {
    await Promise.all(Array.from({ length: 50 }, () => firstName(gateway)));
    for (let count = 0; count < 10; count += 1) await firstName(gateway);
    expect(world.clerk.control.calls()).toEqual({ 'GET /v1/users/:id': 1 });
  });

  test('and others who are wanted at the same time share a call', async () => {
    const users = ['ada', 'grace', 'alan'];
    const tokens = await Promise.all(users.map((user) => world.token(user)));
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_, index) => send(gateway, NAMES, { token: tokens[index % 3] })),
    );
    for (const [index, { data }] of answers.entries())
      expect(data.viewer.firstName.toLowerCase()).toBe(users[index % 3]);
    // The SDK's list asks for the total as well.
    expect(world.clerk.control.total()).toBeLessThanOrEqual(3);
  });

  test('who changed elsewhere is seen when the configured life is over', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    expect(await firstName(gateway)).toBe('Ada');
    renameElsewhere('Augusta');
    vi.advanceTimersByTime(29_000);
    expect(await firstName(gateway)).toBe('Ada');
    vi.advanceTimersByTime(1_001);
    expect(await firstName(gateway)).toBe('Augusta');
  });

  test('who changed elsewhere is seen at once where the token says when', async () => {
    expect(await firstName(gateway)).toBe('Ada');
    renameElsewhere('Augusta');
    const updatedAt = world.clerk.state.state.users[0]?.updatedAt ?? 0;
    expect(await firstName(gateway, { claims: { updatedAt } })).toBe('Augusta');
    world.clerk.control.clear();
    expect(await firstName(gateway, { claims: { updatedAt } })).toBe('Augusta');
    expect(world.clerk.control.calls()).toEqual({});
  });

  test('who was put back to an earlier state is seen as Clerk has them, when the configured life is over', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    renameElsewhere('Augusta');
    expect(await firstName(gateway)).toBe('Augusta');
    // Back to the seed, whose changes are long ago.
    await world.clerk.control.reset();
    vi.advanceTimersByTime(30_001);
    expect(await firstName(gateway)).toBe('Ada');
  });

  test('is asked for every time where the cache is off', async () => {
    const uncached = world.gatewayWith({ GATEWAY_CACHE_SECONDS: '0', GATEWAY_STALE_SECONDS: '0' });
    expect(await firstName(uncached)).toBe('Ada');
    renameElsewhere('Augusta');
    expect(await firstName(uncached)).toBe('Augusta');
    expect(world.clerk.control.calls()).toEqual({ 'GET /v1/users/:id': 2 });
  });

  test('reads what they wrote, in the same operation and in the next, without a call', async () => {
    expect(await firstName(gateway)).toBe('Ada');
    const token = await world.token('ada');
    const { data } = await send(gateway, RENAME, { token, variables: { name: 'Augusta' } });
    expect(data.updateProfile.viewer.firstName).toBe('Augusta');
    expect(await firstName(gateway)).toBe('Augusta');
    expect(world.clerk.control.calls()).toEqual({ 'GET /v1/users/:id': 1, 'PATCH /v1/users/:id': 1 });
  });

  test('reads what they wrote although an older answer arrives later', async () => {
    world.clerk.control.inject({ endpoint: 'GET /v1/users/:id', fault: { kind: 'delay', ms: 300 } });
    const token = await world.token('ada');
    const slow = send(gateway, NAMES, { token });
    await vi.waitUntil(() => world.clerk.control.total('GET /v1/users/:id') === 1, { interval: 5 });
    await send(gateway, RENAME, { token, variables: { name: 'Augusta' } });
    await slow;
    expect(await firstName(gateway)).toBe('Augusta');
  });

  test('whom Clerk does not know is NOT_FOUND, beside one whom it knows', async () => {
    const [known, unknown] = await Promise.all([
      send(gateway, NAMES, { token: await world.token('ada') }),
      send(gateway, NAMES, { token: await world.token('ada', { claims: { sub: 'user_2gone' } }) }),
    ]);
    expect(known.data.viewer.firstName).toBe('Ada');
    expect(unknown.data.viewer).toMatchObject({ id: 'user_2gone', firstName: null });
    expect(unknown.codes).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });
});

test('the name of an organization is fetched once for many requests', async () => {
  const token = await world.token('ada', { org: 'acme' });
  const query = '{ viewer { organization { name } } }';
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(gateway, query, { token })));
  for (const { data } of answers) expect(data.viewer.organization.name).toBe('Acme');
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/organizations/:id': 1 });
});

describe('template tokens', () => {
  const TASKS = '{ externalData { tasks { totalCount } } }';
  const withTemplate = () => world.gatewayWith({ ...CACHED, SUPABASE_JWT_TEMPLATE: 'supabase' });
  const MINT = 'POST /v1/sessions/:id/tokens/supabase';

  test('are minted once for each session, at once and one after the other', async () => {
    const own = withTemplate();
    const [ada, grace] = await Promise.all([world.token('ada'), world.token('grace')]);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => send(own, TASKS, { token: index % 2 ? ada : grace })),
    );
    const { data } = await send(own, TASKS, { token: ada });
    expect(data.externalData.tasks.totalCount).toBeGreaterThan(0);
    expect(world.clerk.control.calls()).toEqual({ [MINT]: 2 });
  });

  test('are minted again for another organization, and after their time', async () => {
    const own = withTemplate();
    await send(own, TASKS, { token: await world.token('ada') });
    await send(own, TASKS, { token: await world.token('ada', { org: 'acme' }) });
    expect(world.clerk.control.calls()).toEqual({ [MINT]: 2 });
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() + 58_000 });
    await send(own, TASKS, { token: await world.token('ada') });
    expect(world.clerk.control.calls()).toEqual({ [MINT]: 3 });
  });

  test('a failed minting is not kept', async () => {
    const own = withTemplate();
    world.clerk.control.inject({
      endpoint: 'POST /v1/sessions',
      times: 2,
      fault: { kind: 'status', status: 500 },
    });
    const token = await world.token('ada');
    expect((await send(own, TASKS, { token })).codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect((await send(own, TASKS, { token })).codes).toEqual([]);
  });
});
