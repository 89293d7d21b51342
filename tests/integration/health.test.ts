import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../dev/control';
import { createGateway, createLifecycle, type Gateway, parseEnv } from '../../gateway';
import { captureLog } from '../harness/log';
import { whileWatching } from '../harness/upstream';
import { APP_URL, startWorld, type World } from '../harness/world';

const LIVE = '/api/health/live';
const READY = '/api/health/ready';
/** After which an outcome is not believed any more, in milliseconds. */
const BELIEVED_MS = 3_000;

let world: World;
let gateway: Gateway;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  gateway = world.gatewayWith({});
  world.clerk.control.clear();
  world.supabase.control.clear();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => world.close());

const ask = (path: string, init: RequestInit = {}, of = gateway) =>
  of.fetch(new Request(`${APP_URL}${path}`, init));

async function readiness(of = gateway) {
  const response = await ask(READY, {}, of);
  return { status: response.status, body: await response.json() };
}

const ready = (clerk: 'up' | 'down', supabase: 'up' | 'down') => ({
  status: 200,
  body: { status: 'ready', checks: { clerk, supabase } },
});
const notReady = (clerk: 'up' | 'down', supabase: 'up' | 'down') => ({
  status: 503,
  body: { status: 'not-ready', checks: { clerk, supabase } },
});

const DOWN: readonly [string, Fault][] = [
  ['fails', { kind: 'status', status: 503 }],
  ['closes the connection', { kind: 'close' }],
  ['redirects', { kind: 'status', status: 302, location: 'http://127.0.0.1:1/' }],
  ['is silent', { kind: 'hang' }],
];
const always = (fault: Fault) => ({ times: 1_000, fault });

test('live is 200 without asking anybody, whatever else is down', async () => {
  world.clerk.control.inject(always({ kind: 'close' }));
  world.supabase.control.inject(always({ kind: 'close' }));
  const response = await ask(LIVE);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
  expect(world.clerk.control.total() + world.supabase.control.total()).toBe(0);
});

test('ready is 200 while Clerk and Supabase answer', async () => {
  expect(await readiness()).toEqual(ready('up', 'up'));
});

test.each(DOWN)('ready is 503 while Supabase %s', async (_what, fault) => {
  world.supabase.control.inject(always(fault));
  expect(await readiness()).toEqual(notReady('up', 'down'));
});

describe.each(DOWN)('while only Clerk %s', (_what, fault) => {
  test('ready stays 200 and shows it: what the token says, external data and remembered users are answered', async () => {
    world.clerk.control.inject(always(fault));
    expect(await readiness()).toEqual(ready('down', 'up'));
  });

  test('ready is 503 without CLERK_JWT_KEY: no token could be verified', async () => {
    world.clerk.control.inject(always(fault));
    expect(await readiness(world.gatewayWith({ CLERK_JWT_KEY: '' }))).toEqual(notReady('down', 'up'));
  });
});

test('a source that has had enough of us, or takes no key of ours, is there all the same', async () => {
  world.clerk.control.inject(always({ kind: 'status', status: 429, retryAfter: 30 }));
  world.supabase.control.inject(always({ kind: 'status', status: 401 }));
  expect(await readiness()).toEqual(ready('up', 'up'));
});

test('an answer that is not Clerk is no Clerk', async () => {
  world.clerk.control.inject(always({ kind: 'status', status: 200, contentType: 'text/html', body: '<h1>' }));
  expect(await readiness()).toEqual(ready('down', 'up'));
});

test('a hundred at once cost a call to each, and so do a hundred one after the other', async () => {
  world.clerk.control.inject({ fault: { kind: 'delay', ms: 100 } });
  await Promise.all(Array.from({ length: 100 }, () => readiness()));
  for (let count = 0; count < 100; count += 1) await readiness();
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/jwks': 1 });
  expect(Object.values(world.supabase.control.calls())).toEqual([1]);
});

test('a change is seen after a few seconds, both ways, and the log tells of it once', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { logger, entries } = captureLog();
  const watched = createGateway(parseEnv(world.variables), { logger });
  const changes = () =>
    entries.filter(({ source }) => source === 'supabase').map(({ level, msg }) => [level, msg]);
  expect(await readiness(watched)).toEqual(ready('up', 'up'));
  world.supabase.control.inject(always({ kind: 'close' }));
  expect(await readiness(watched)).toEqual(ready('up', 'up'));
  for (let count = 0; count < 3; count += 1) {
    vi.advanceTimersByTime(BELIEVED_MS);
    expect(await readiness(watched)).toEqual(notReady('up', 'down'));
  }
  expect(changes()).toEqual([[40, 'source is down']]);
  world.supabase.control.clear();
  vi.advanceTimersByTime(BELIEVED_MS);
  expect(await readiness(watched)).toEqual(ready('up', 'up'));
  expect(changes()).toEqual([
    [40, 'source is down'],
    [30, 'source is up again'],
  ]);
});

test('while draining, ready is 503 at once and asks nobody; live and operations go on', async () => {
  const lifecycle = createLifecycle();
  const ending = createGateway(parseEnv(world.variables), { logger: captureLog().logger, lifecycle });
  expect((await readiness(ending)).status).toBe(200);
  world.clerk.control.clear();
  lifecycle.drain();
  expect(await readiness(ending)).toEqual({ status: 503, body: { status: 'draining' } });
  expect(world.clerk.control.total()).toBe(0);
  expect((await ask(LIVE, {}, ending)).status).toBe(200);
  expect((await ask('/api/graphql?query=%7B__typename%7D', {}, ending)).status).toBe(200);
});

test('who was waiting when draining began learns of it', async () => {
  const lifecycle = createLifecycle();
  const ending = createGateway(parseEnv(world.variables), { logger: captureLog().logger, lifecycle });
  world.clerk.control.inject({ fault: { kind: 'delay', ms: 200 } });
  const waiting = readiness(ending);
  lifecycle.drain();
  expect((await waiting).body).toEqual({ status: 'draining' });
});

describe.each([LIVE, READY])('%s', (path) => {
  test('answers HEAD as GET without a body, and is never stored', async () => {
    const [get, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
    expect(head.status).toBe(get.status);
    expect(await head.text()).toBe('');
    for (const { headers } of [get, head]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-type')).toBe('application/json');
    }
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('answers %s with 405', async (method) => {
    const response = await ask(path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  test.each([`${path}/`, `${path}/x`, `/x${path}`, `${path}x`, path.toUpperCase(), `/${path}`])(
    'has no other path: %s',
    async (other) => {
      expect((await ask(other)).status).toBe(404);
    },
  );

  test('needs no authentication, passes no token on, and is logged at debug level only', async () => {
    const { logger, entries } = captureLog();
    const watched = createGateway(parseEnv({ ...world.variables, GATEWAY_SIGNED_OUT: 'not-found' }), {
      logger,
    });
    const seen: string[] = [];
    const headers = { authorization: 'Bearer of-the-caller', cookie: '__session=of-the-caller' };
    const { status } = await whileWatching(
      (request) => seen.push(JSON.stringify([...request.headers])),
      () => ask(path, { headers }, watched),
    );
    expect(status).toBe(200);
    expect(seen.join()).not.toContain('of-the-caller');
    expect(entries.map(({ level }) => level)).toEqual([20]);
  });
});

test('nothing but the two words tells of what is down', async () => {
  world.clerk.control.inject(
    always({ kind: 'status', status: 500, body: 'postgres://internal-host/secret' }),
  );
  world.supabase.control.inject(
    always({ kind: 'status', status: 500, body: 'postgres://internal-host/secret' }),
  );
  expect(await readiness()).toEqual(notReady('down', 'down'));
});
