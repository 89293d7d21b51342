import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

/** 12 for the page's field and its call, 2 for each place on it. */
const COSTS_52 = '{ externalData { tasks(first: 20) { edges { node { title } } } } }';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.clear());
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => world.close());

const limited = (variables: Readonly<Record<string, string>> = {}) =>
  world.gatewayWith({ GATEWAY_RATE_LIMIT: '110', ...variables });

test('a principal may ask for so much a minute, by cost, and is told what is left', async () => {
  const gateway = limited();
  const token = await world.token('ada');
  const first = await send(gateway, COSTS_52, { token });
  expect(first.headers.get('ratelimit-policy')).toBe('"cost";q=110;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"cost";r=58;t=\d+$/);
  expect((await send(gateway, COSTS_52, { token })).headers.get('ratelimit')).toMatch(/^"cost";r=6;t=\d+$/);
  const { status, codes, errors, headers } = await send(gateway, COSTS_52, { token });
  expect({ status, codes }).toEqual({ status: 429, codes: ['RATE_LIMITED'] });
  expect(errors[0]?.extensions).toEqual({
    code: 'RATE_LIMITED',
    source: 'gateway',
    retryAfter: expect.any(Number),
  });
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
});

test('what is refused reaches no source', async () => {
  const gateway = limited({ GATEWAY_RATE_LIMIT: '10' });
  world.supabase.control.clear();
  expect((await send(gateway, COSTS_52, { token: await world.token('ada') })).status).toBe(429);
  expect(world.supabase.control.total()).toBe(0);
});

test('the limit is of the principal, with whatever token of theirs, and of nobody else', async () => {
  const gateway = limited();
  for (let count = 0; count < 3; count += 1)
    await send(gateway, COSTS_52, { token: await world.token('ada', { claims: { jti: String(count) } }) });
  expect((await send(gateway, COSTS_52, { token: await world.token('ada', { org: 'acme' }) })).status).toBe(
    429,
  );
  expect((await send(gateway, COSTS_52, { token: await world.token('grace') })).status).toBe(200);
});

test('after the minute it begins anew', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.now() });
  const gateway = limited();
  const token = await world.token('ada', { ttl: 3_600 });
  for (let count = 0; count < 2; count += 1) await send(gateway, '{ viewer { id } }', { token });
  const many = world.gatewayWith({ GATEWAY_RATE_LIMIT: '1' });
  expect((await send(many, '{ viewer { id } }', { token })).status).toBe(200);
  expect((await send(many, '{ viewer { id } }', { token })).status).toBe(429);
  await vi.advanceTimersByTimeAsync(60_001);
  expect((await send(many, '{ viewer { id } }', { token })).status).toBe(200);
});

test('a clock that is set back by an hour makes nobody wait for an hour', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const gateway = world.gatewayWith({ GATEWAY_RATE_LIMIT: '1' });
  const ask = async () =>
    (await send(gateway, '{ viewer { id } }', { token: await world.token('ada') })).status;
  expect([await ask(), await ask()]).toEqual([200, 429]);
  vi.setSystemTime(Date.now() - 3_600_000);
  expect([await ask(), await ask()]).toEqual([200, 429]);
});

describe('by address', () => {
  const gateway = () =>
    limited({ GATEWAY_ADDRESS_RATE_LIMIT: '60', GATEWAY_TRUSTED_PROXIES: '1', GATEWAY_RATE_LIMIT: '0' });

  test('who has used theirs up is refused, whoever they say they are', async () => {
    const own = gateway();
    const from = async (address: string, user: string) =>
      (await send(own, COSTS_52, { token: await world.token(user), headers: { 'x-forwarded-for': address } }))
        .status;
    expect(await from('192.0.2.1', 'ada')).toBe(200);
    expect(await from('192.0.2.1', 'grace')).toBe(429);
    expect(await from('192.0.2.2', 'grace')).toBe(200);
    // What the client writes before the proxy's own entry changes nothing.
    expect(await from('203.0.113.9, 192.0.2.1', 'alan')).toBe(429);
  });

  test('anonymous callers are limited by it too', async () => {
    const own = limited({ GATEWAY_ADDRESS_RATE_LIMIT: '2', GATEWAY_TRUSTED_PROXIES: '1' });
    const ask = async () =>
      (await send(own, '{ __typename }', { headers: { 'x-forwarded-for': '192.0.2.7' } })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  });
});

test('operations of no cost count as one', async () => {
  const gateway = limited({ GATEWAY_RATE_LIMIT: '2' });
  const token = await world.token('ada');
  const statuses = [];
  for (let count = 0; count < 3; count += 1)
    statuses.push((await send(gateway, '{ __typename }', { token })).status);
  expect(statuses).toEqual([200, 200, 429]);
});

test('another store can count, for several processes', async () => {
  const points = new Map<string, number>();
  const rateLimitStore = {
    add: (key: string, more: number) => {
      points.set(key, (points.get(key) ?? 0) + more);
      return Promise.resolve({ points: points.get(key) ?? 0, msBeforeReset: 12_000 });
    },
  };
  const [one, other] = [0, 1].map(() => world.gatewayWith({ GATEWAY_RATE_LIMIT: '60' }, { rateLimitStore }));
  const token = await world.token('ada');
  expect((await send(one ?? world.gateway, COSTS_52, { token })).status).toBe(200);
  const refused = await send(other ?? world.gateway, COSTS_52, { token });
  expect(refused.errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 12 });
  expect([...points.keys()]).toEqual([`user:${world.clerk.users[0]?.id}`]);
});
