import { randomBytes, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { userJson } from '../../dev/clerk/serialize/user';
import { type Service, serve } from '../../dev/serve';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { lookForLeaks } from '../harness/leaks';
import { APP_URL, startWorld, type World } from '../harness/world';

const SECRET = `whsec_${randomBytes(24).toString('base64')}`;
const URL_OF_WEBHOOKS = `${APP_URL}/api/webhooks/clerk`;
const NAMES = '{ viewer { id firstName } }';
const CONFIGURED = {
  GATEWAY_CACHE_SECONDS: '3600',
  GATEWAY_STALE_SECONDS: '3600',
  CLERK_WEBHOOK_SIGNING_SECRET: SECRET,
};

let world: World;
let gateway: Gateway;
let front: Service;
/** What Clerk has delivered, to be sent again. */
let delivered: { readonly headers: Headers; readonly body: string }[];

beforeAll(async () => {
  front = await serve({
    port: 0,
    portVariable: 'PORT',
    async fetch(request) {
      const body = await request.text();
      delivered.push({ headers: request.headers, body });
      return post(request.headers, body);
    },
  });
  world = await startWorld(CONFIGURED, {
    webhook: { url: `${front.url}/api/webhooks/clerk`, secret: SECRET, retryDelays: [] },
  });
});
beforeEach(async () => {
  await world.clerk.control.reset();
  gateway = world.gatewayWith({});
  delivered = [];
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await world.close();
  await front.close();
});

const firstName = async () =>
  (await send(gateway, NAMES, { token: await world.token('ada') })).data.viewer.firstName;

function ada() {
  const user = world.clerk.state.state.users.find(({ email }) => email === 'ada@example.com');
  if (user === undefined) throw new Error('Ada is gone.');
  return user;
}

async function post(headers: HeadersInit, body: string): Promise<Response> {
  const response = await gateway.fetch(new Request(URL_OF_WEBHOOKS, { method: 'POST', headers, body }));
  lookForLeaks('an answer', await response.clone().text());
  return response;
}

/** A webhook as Clerk sends it. @param at when it was signed. */
function signed(event: object, { secret = SECRET, at = new Date() } = {}) {
  const [id, body] = [`msg_${randomUUID()}`, JSON.stringify(event)];
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
      'svix-signature': new Webhook(secret).sign(id, at, body),
    },
  };
}

const renamed = (name: string, updatedAt: number, options = {}) =>
  signed(
    { type: 'user.updated', object: 'event', data: userJson({ ...ada(), firstName: name, updatedAt }) },
    options,
  );

test('a change elsewhere is seen at once after its webhook, without a call', async () => {
  expect(await firstName()).toBe('Ada');
  world.clerk.state.apply({
    type: 'user.updated',
    user: { ...ada(), firstName: 'Augusta', updatedAt: Date.now() },
  });
  await world.clerk.idle();
  world.clerk.control.clear();
  expect(await firstName()).toBe('Augusta');
  expect(world.clerk.control.calls()).toEqual({});
});

test('a webhook that is delivered again changes nothing', async () => {
  await firstName();
  world.clerk.state.apply({
    type: 'user.updated',
    user: { ...ada(), firstName: 'One', updatedAt: Date.now() },
  });
  world.clerk.state.apply({
    type: 'user.updated',
    user: { ...ada(), firstName: 'Two', updatedAt: Date.now() + 1 },
  });
  await world.clerk.idle();
  const changes = delivered.filter(({ body }) => body.includes('"user.updated"'));
  expect(changes).toHaveLength(2);
  for (const { headers, body } of changes) expect((await post(headers, body)).status).toBe(200);
  expect(await firstName()).toBe('Two');
});

test('a webhook that is delivered again does not make what is remembered look fresh', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: Date.now() });
  const { headers, body } = renamed('Told', Date.now() + 1);
  await post(headers, body);
  expect(await firstName()).toBe('Told');
  vi.advanceTimersByTime(3_601_000);
  const again = renamed('Told', Date.now() - 3_600_999);
  expect((await post(again.headers, again.body)).status).toBe(200);
  // Clerk is asked, and knows of no such change.
  expect(await firstName()).toBe('Ada');
});

test('a webhook that arrives late changes nothing', async () => {
  await firstName();
  const now = Date.now();
  for (const [name, updatedAt] of [
    ['New', now + 10],
    ['Old', now + 5],
    ['Older', now],
  ] as const) {
    const { headers, body } = renamed(name, updatedAt);
    expect((await post(headers, body)).status).toBe(200);
  }
  expect(await firstName()).toBe('New');
});

test('what was written here is not undone by an older webhook', async () => {
  const token = await world.token('ada');
  const before = renamed('Before', Date.now() - 1);
  await send(gateway, 'mutation { updateProfile(input: { firstName: "Mine" }) { viewer { id } } }', {
    token,
  });
  await post(before.headers, before.body);
  expect(await firstName()).toBe('Mine');
});

test('a user who was deleted is gone, whatever arrives late', async () => {
  await firstName();
  const deleted = signed({ type: 'user.deleted', data: { id: ada().id, object: 'user', deleted: true } });
  expect((await post(deleted.headers, deleted.body)).status).toBe(200);
  const late = renamed('Ghost', Date.now());
  await post(late.headers, late.body);
  const { codes } = await send(gateway, NAMES, { token: await world.token('ada') });
  expect(codes).toEqual(['NOT_FOUND']);
});

test('the name of an organization is learned too', async () => {
  const query = '{ viewer { organization { name } } }';
  const token = await world.token('ada', { org: 'acme' });
  expect((await send(gateway, query, { token })).data.viewer.organization.name).toBe('Acme');
  const [organization] = world.clerk.state.state.organizations;
  if (organization === undefined) throw new Error('No organization.');
  world.clerk.state.apply({
    type: 'organization.updated',
    organization: { ...organization, name: 'Acme & Daughters', updatedAt: Date.now() },
  });
  await world.clerk.idle();
  expect((await send(gateway, query, { token })).data.viewer.organization.name).toBe('Acme & Daughters');
});

test('a session that has ended gets no template token any more, although it was minted before', async () => {
  gateway = world.gatewayWith({ SUPABASE_JWT_TEMPLATE: 'supabase' });
  const query = '{ externalData { tasks { totalCount } } }';
  const token = await world.token('ada');
  expect((await send(gateway, query, { token })).codes).toEqual([]);
  const session = world.clerk.state.state.sessions.at(-1);
  if (session === undefined) throw new Error('No session.');
  world.clerk.state.apply({ type: 'session.revoked', session: { ...session, status: 'revoked' } });
  await world.clerk.idle();
  expect((await send(gateway, query, { token })).codes).toEqual(['UPSTREAM_UNAVAILABLE']);
});

test('an event that means nothing here is taken all the same, or Clerk would send it again', async () => {
  const { headers, body } = signed({ type: 'email.created', data: { id: 'ema_1' } });
  const response = await post(headers, body);
  expect({ status: response.status, answer: await response.json() }).toEqual({
    status: 200,
    answer: { received: 'email.created' },
  });
});

describe('a forged webhook is 400 and changes nothing', () => {
  const soon = () => Date.now() + 60_000;
  const FORGED: Readonly<Record<string, () => { headers: Record<string, string>; body: string }>> = {
    'signed with another secret': () =>
      renamed('Forged', soon(), { secret: `whsec_${randomBytes(24).toString('base64')}` }),
    'signed ten minutes ago': () => renamed('Forged', soon(), { at: new Date(Date.now() - 600_000) }),
    'signed for the future': () => renamed('Forged', soon(), { at: new Date(Date.now() + 600_000) }),
    'with a changed body': () => {
      const { headers, body } = renamed('Ada', soon());
      return { headers, body: body.replace('"Ada"', '"Forged"') };
    },
    'with a changed id': () => {
      const { headers, body } = renamed('Forged', soon());
      return { headers: { ...headers, 'svix-id': 'msg_other' }, body };
    },
    'without a signature': () => ({
      headers: { 'content-type': 'application/json' },
      body: renamed('Forged', soon()).body,
    }),
    'with an empty signature': () => {
      const { headers, body } = renamed('Forged', soon());
      return { headers: { ...headers, 'svix-signature': '' }, body };
    },
    'without a body': () => ({ ...signed({}), body: '' }),
    'that is genuine and no user': () =>
      signed({ type: 'user.updated', data: { id: ada().id, first_name: 'Forged' } }),
  };

  test.each(Object.entries(FORGED))('%s', async (_what, forge) => {
    expect(await firstName()).toBe('Ada');
    const { headers, body } = forge();
    const response = await post(headers, body);
    expect({ status: response.status, answer: await response.json() }).toEqual({
      status: 400,
      answer: { errors: [{ message: 'This is no webhook of Clerk.', extensions: { code: 'BAD_REQUEST' } }] },
    });
    expect(await firstName()).toBe('Ada');
    expect(JSON.stringify(world.log)).not.toContain(SECRET);
  });
});

test('a webhook that weighs too much is 413 before it is read', async () => {
  const response = await post({ 'content-type': 'application/json' }, 'x'.repeat(300_000));
  expect(response.status).toBe(413);
});

test('only POST is a webhook, and where no secret is configured nothing is', async () => {
  const got = await gateway.fetch(new Request(URL_OF_WEBHOOKS));
  expect({ status: got.status, allow: got.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
  gateway = world.gatewayWith({ CLERK_WEBHOOK_SIGNING_SECRET: '' });
  const { headers, body } = renamed('Forged', Date.now());
  expect((await post(headers, body)).status).toBe(404);
});
