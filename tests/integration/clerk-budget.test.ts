import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

const NAMES = '{ viewer { id firstName } }';
const CACHED = { GATEWAY_CACHE_SECONDS: '30', GATEWAY_STALE_SECONDS: '600' };

let world: World;

beforeEach(async () => {
  // What a development instance of Clerk allows.
  world = await startWorld(CACHED, { rateLimit: { requests: 100, windowMs: 10_000 } });
});
afterEach(async () => {
  vi.useRealTimers();
  await world.close();
});

function addUsers(count: number): string[] {
  const [ada] = world.clerk.state.state.users;
  if (ada === undefined) throw new Error('Nobody is there.');
  return Array.from({ length: count }, (_, index) => {
    const id = `user_2crowd${String(index).padStart(5, '0')}`;
    world.clerk.state.apply({
      type: 'user.created',
      user: {
        ...ada,
        id,
        email: `crowd${index}@example.com`,
        emailId: `idn_${index}`,
        firstName: `Name ${index}`,
      },
    });
    return id;
  });
}

test('2,000 operations of 50 users within Clerk’s real limits: 60 calls at most, none refused, all right', async () => {
  const ids = addUsers(50);
  const tokens = await Promise.all(ids.map((sub) => world.token('ada', { claims: { sub }, ttl: 600 })));
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        send(world.gateway, NAMES, { token: tokens[(index * 7 + round) % 50] }),
      ),
    );
    for (const [index, { data, errors }] of answers.entries()) {
      const user = (index * 7 + round) % 50;
      expect(errors).toEqual([]);
      expect(data.viewer).toEqual({ id: ids[user], firstName: `Name ${user}` });
    }
  }
  expect(world.clerk.control.total()).toBeLessThanOrEqual(60);
});

test('15 changes in one operation run in order; ten reach Clerk, the others are RATE_LIMITED', async () => {
  const aliases = Array.from({ length: 15 }, (_, index) => index + 1);
  const fields = aliases.map(
    (n) => `u${n}: updateProfile(input: { firstName: "Ada ${n}" }) { viewer { firstName } }`,
  );
  const { data, errors } = await send(world.gateway, `mutation { ${fields.join(' ')} }`, {
    token: await world.token('ada'),
  });
  for (const n of aliases)
    expect(data[`u${n}`]).toEqual(n <= 10 ? { viewer: { firstName: `Ada ${n}` } } : null);
  expect(errors).toHaveLength(5);
  for (const { extensions } of errors)
    expect(extensions).toEqual({ code: 'RATE_LIMITED', source: 'gateway', retryAfter: expect.any(Number) });
  expect(world.clerk.control.calls()).toEqual({ 'PATCH /v1/users/:id': 10 });
  // Another user is not held up.
  const grace = await send(
    world.gateway,
    'mutation { updateProfile(input: { firstName: "G" }) { viewer { firstName } } }',
    { token: await world.token('grace') },
  );
  expect(grace.errors).toEqual([]);
});

test('beyond the budget calls are RATE_LIMITED without reaching Clerk, and token fields answer', async () => {
  const gateway = world.gatewayWith({
    GATEWAY_CLERK_BUDGET: '5',
    GATEWAY_CACHE_SECONDS: '0',
    GATEWAY_STALE_SECONDS: '0',
  });
  const token = await world.token('ada');
  for (let count = 0; count < 5; count += 1)
    expect((await send(gateway, NAMES, { token })).codes).toEqual([]);
  const { status, data, errors } = await send(gateway, NAMES, { token });
  expect({ status, data }).toMatchObject({ status: 200, data: { viewer: { firstName: null } } });
  expect(errors).toMatchObject([
    { extensions: { code: 'RATE_LIMITED', source: 'gateway', retryAfter: expect.any(Number) } },
  ]);
  expect(world.clerk.control.total()).toBe(5);
});

describe('retries', () => {
  const uncached = () => world.gatewayWith({ GATEWAY_CACHE_SECONDS: '0', GATEWAY_STALE_SECONDS: '0' });

  test.each([
    ['a read that failed', { kind: 'status', status: 503 }],
    ['a read whose connection broke', { kind: 'close' }],
  ] as const)('%s is sent once more', async (_what, fault) => {
    world.clerk.control.inject({ endpoint: 'GET /v1/users', fault });
    expect((await send(uncached(), NAMES, { token: await world.token('ada') })).codes).toEqual([]);
    expect(world.clerk.control.total('GET /v1/users')).toBe(2);
  });

  test('a read that is refused for a second is sent again after it', async () => {
    world.clerk.control.inject({
      endpoint: 'GET /v1/users',
      fault: { kind: 'status', status: 429, retryAfter: 1 },
    });
    expect((await send(uncached(), NAMES, { token: await world.token('ada') })).codes).toEqual([]);
  });

  test('a read that is refused for longer than the request may take is RATE_LIMITED at once, and others are spared', async () => {
    const gateway = uncached();
    world.clerk.control.inject({
      endpoint: 'GET /v1/users',
      fault: { kind: 'status', status: 429, retryAfter: 30 },
    });
    const token = await world.token('ada');
    for (let count = 0; count < 3; count += 1) {
      const { errors } = await send(gateway, NAMES, { token });
      expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', source: 'clerk' } }]);
      expect(errors[0]?.extensions.retryAfter).toBeGreaterThan(25);
    }
    expect(world.clerk.control.total()).toBe(1);
  });

  test('a write that failed is not sent again: it may have been done', async () => {
    world.clerk.control.inject({ endpoint: 'PATCH', fault: { kind: 'status', status: 500 } });
    const mutation = 'mutation { updateProfile(input: { firstName: "X" }) { viewer { firstName } } }';
    const { codes } = await send(uncached(), mutation, { token: await world.token('ada') });
    expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(world.clerk.control.total('PATCH')).toBe(1);
  });
});

describe('while Clerk is down', () => {
  const outage = () => world.clerk.control.inject({ times: 10_000, fault: { kind: 'status', status: 503 } });

  async function breakCircuit(gateway: Gateway): Promise<void> {
    for (let count = 0; count < 3; count += 1)
      await send(gateway, NAMES, {
        token: await world.token('alan', { claims: { sub: `user_2x${count}` } }),
      });
  }

  test('users are answered from before and marked, and everything that needs no Clerk goes on', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    const token = await world.token('ada', { ttl: 3_600 });
    expect((await send(world.gateway, NAMES, { token })).data.viewer.firstName).toBe('Ada');
    vi.advanceTimersByTime(60_000);
    outage();
    const query = '{ viewer { id firstName } externalData { tasks { totalCount } } }';
    const { data, errors, extensions } = await send(world.gateway, query, { token });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      viewer: { firstName: 'Ada' },
      externalData: { tasks: { totalCount: expect.any(Number) } },
    });
    expect(extensions.stale).toEqual({ source: 'clerk', ageSeconds: 60 });
  });

  test('who is not known from before is UPSTREAM_UNAVAILABLE, without a call once the breaker is open', async () => {
    const gateway = world.gatewayWith({});
    outage();
    await breakCircuit(gateway);
    world.clerk.control.clear();
    world.clerk.control.inject({ times: 100, fault: { kind: 'hang' } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => send(gateway, NAMES, { token: await world.token('grace') })),
    );
    for (const { codes, data } of answers) {
      expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
      expect(data.viewer.id).toEqual(expect.any(String));
    }
    expect(world.clerk.control.total()).toBe(0);
  });

  test('what is too old is not answered any more', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    const token = await world.token('ada', { ttl: 36_000 });
    await send(world.gateway, NAMES, { token });
    vi.advanceTimersByTime(601_000);
    outage();
    expect((await send(world.gateway, NAMES, { token })).codes).toEqual(['UPSTREAM_UNAVAILABLE']);
  });

  test('and is back, one call tries it, and the others do not wait or burst', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
    const gateway = world.gatewayWith({});
    outage();
    await breakCircuit(gateway);
    world.clerk.control.clear();
    const token = await world.token('grace', { ttl: 3_600 });
    vi.advanceTimersByTime(1_001);
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(gateway, NAMES, { token })));
    expect(answers.some(({ codes }) => codes.length === 0)).toBe(true);
    expect(world.clerk.control.total()).toBeLessThanOrEqual(2);
    expect((await send(gateway, NAMES, { token })).data.viewer.firstName).toBe('Grace');
  });

  test('callers who go away, or have little time, do not make it look down', async () => {
    const gateway = world.gatewayWith({ GATEWAY_TIMEOUT_MS: '50', GATEWAY_CACHE_SECONDS: '0' });
    world.clerk.control.inject({ times: 10, fault: { kind: 'delay', ms: 150 } });
    for (let count = 0; count < 6; count += 1)
      expect(
        (
          await send(gateway, NAMES, {
            token: await world.token('ada', { claims: { sub: `user_2y${count}` } }),
          })
        ).codes,
      ).toEqual(['UPSTREAM_TIMEOUT']);
    world.clerk.control.clear();
    const patient = await send(gateway, NAMES, { token: await world.token('grace') });
    expect(patient.data.viewer.firstName).toBe('Grace');
  });
});
