import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClerkClient } from '@clerk/backend';
import { verifyWebhook } from '@clerk/backend/webhooks';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  generateInstanceKeys,
  type InstanceKeys,
  type LocalClerk,
  type LocalClerkOptions,
  startLocalClerk,
} from '../../dev/clerk/index';
import { serve } from '../../dev/serve';

const WEBHOOK_SECRET = `whsec_${Buffer.from('local webhook secret').toString('base64')}`;

let keys: InstanceKeys;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  keys = await generateInstanceKeys();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: Partial<LocalClerkOptions> = {}) {
  const clerk = await startLocalClerk({
    port: 0,
    appUrl: 'http://localhost:3000',
    templateSecret: 'template-secret',
    ...options,
  });
  cleanups.push(() => clerk.close());
  return { clerk, client: clientOf(clerk), ada: clerk.users[0]?.id ?? '' };
}

function clientOf({ url, secretKey }: LocalClerk) {
  return createClerkClient({ apiUrl: url, secretKey });
}

/** An application that takes webhooks and answers with the statuses in turn, then with 204. */
async function startReceiver(...statuses: number[]) {
  const requests: Request[] = [];
  const service = await serve({
    port: 0,
    portVariable: 'UNUSED',
    fetch: async (request) => {
      requests.push(
        new Request(request.url, { method: 'POST', headers: request.headers, body: await request.text() }),
      );
      return new Response(null, { status: statuses.shift() ?? 204 });
    },
  });
  cleanups.push(() => service.close());
  return { url: service.url, requests };
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'local-clerk-'));
  cleanups.push(() => rm(directory, { recursive: true }));
  return directory;
}

test('an injected 429 reaches the caller with its Retry-After, and only as often as asked', async () => {
  const { clerk, client, ada } = await start({ keys });
  clerk.control.inject({
    endpoint: 'GET /v1/users/:id',
    fault: { kind: 'status', status: 429, retryAfter: 7 },
  });
  await expect(client.users.getUser(ada)).rejects.toMatchObject({ status: 429, retryAfter: 7 });
  await expect(client.users.getUser(ada)).resolves.toMatchObject({ id: ada });
});

test('an injected 500 and a closed connection reach the caller as such', async () => {
  const { clerk, client, ada } = await start({ keys });
  clerk.control.inject({ fault: { kind: 'status', status: 500 } });
  await expect(client.users.getUser(ada)).rejects.toMatchObject({ status: 500 });
  clerk.control.inject({ fault: { kind: 'close' } });
  await expect(client.users.getUser(ada)).rejects.toMatchObject({ errors: [{ code: 'unexpected_error' }] });
});

test('a hanging call is answered by nothing until the service closes', async () => {
  const { clerk, client, ada } = await start({ keys });
  clerk.control.inject({ fault: { kind: 'hang' } });
  const settled = vi.fn();
  const call = client.users.getUser(ada).finally(settled);
  call.catch(() => {});
  await vi.waitFor(() => expect(clerk.control.total()).toBe(1));
  await client.users.getUser(ada);
  expect(settled).not.toHaveBeenCalled();
  await clerk.close();
  await expect(call).rejects.toThrow();
});

test('calls are counted by endpoint, with ids left out', async () => {
  const { clerk, client, ada } = await start({ keys });
  await client.users.getUser(ada);
  await client.users.getUser(ada);
  await client.users.getUserList();
  expect(clerk.control.calls()).toEqual({
    'GET /v1/users/:id': 2,
    'GET /v1/users': 1,
    'GET /v1/users/count': 1,
  });
});

test('a reset over HTTP brings the seed back', async () => {
  const { clerk, client, ada } = await start({ keys });
  await client.users.updateUser(ada, { firstName: 'Augusta' });
  await client.sessions.createSession({ userId: ada });
  const { status } = await fetch(`${clerk.url}/__control/reset`, { method: 'POST' });
  expect(status).toBe(204);
  expect(clerk.control.total()).toBe(0);
  await expect(client.users.getUser(ada)).resolves.toMatchObject({ firstName: 'Ada' });
  expect(clerk.state.state.sessions).toEqual([]);
});

test('the rate limit refuses what exceeds it and says when to come back', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  cleanups.push(async () => vi.useRealTimers());
  const { clerk, client, ada } = await start({ keys, rateLimit: { requests: 2, windowMs: 10_000 } });
  await client.users.getUser(ada);
  await client.users.getUser(ada);
  vi.setSystemTime(Date.now() + 4_000);
  await expect(client.users.getUser(ada)).rejects.toMatchObject({ status: 429, retryAfter: 6 });
  vi.setSystemTime(Date.now() + 6_000);
  await client.users.getUser(ada);
  await client.users.getUser(ada);
  await clerk.control.reset();
  await expect(client.users.getUser(ada)).resolves.toMatchObject({ id: ada });
});

test('webhooks arrive in order, signed as verifyWebhook wants it', async () => {
  const receiver = await startReceiver();
  const { clerk, client, ada } = await start({
    keys,
    webhook: { url: receiver.url, secret: WEBHOOK_SECRET },
  });
  await client.users.updateUser(ada, { firstName: 'Augusta' });
  const session = await client.sessions.createSession({ userId: ada });
  await client.sessions.revokeSession(session.id);
  await client.users.createUser({ emailAddress: ['new@example.com'] });
  await clerk.idle();
  const events = await Promise.all(
    receiver.requests.map((request) => verifyWebhook(request, { signingSecret: WEBHOOK_SECRET })),
  );
  expect(events).toMatchObject([
    { type: 'user.updated', object: 'event', data: { id: ada, first_name: 'Augusta', object: 'user' } },
    { type: 'session.created', data: { id: session.id, status: 'active', user: { id: ada } } },
    { type: 'session.revoked', data: { id: session.id, status: 'revoked' } },
    { type: 'user.created', data: { email_addresses: [{ email_address: 'new@example.com' }] } },
  ]);
});

test('a webhook that fails is resent under the same id before the next one', async () => {
  const receiver = await startReceiver(500, 302);
  const { clerk, client, ada } = await start({
    keys,
    webhook: { url: receiver.url, secret: WEBHOOK_SECRET, retryDelays: [1, 2] },
  });
  await client.users.updateUser(ada, { firstName: 'One' });
  await client.users.updateUser(ada, { firstName: 'Two' });
  await clerk.idle();
  const ids = receiver.requests.map(({ headers }) => headers.get('svix-id'));
  expect(ids).toEqual([ids[0], ids[0], ids[0], ids[3]]);
  expect(ids[3]).not.toBe(ids[0]);
});

test('a webhook that nobody accepts is dropped with a warning after the last attempt', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const receiver = await startReceiver(500, 500);
  const { clerk, client, ada } = await start({
    keys,
    webhook: { url: receiver.url, secret: WEBHOOK_SECRET, retryDelays: [1] },
  });
  await client.users.updateUser(ada, { firstName: 'One' });
  await clerk.idle();
  expect(receiver.requests).toHaveLength(2);
  expect(warn).toHaveBeenCalledOnce();
  warn.mockRestore();
});

test('a close or a reset drops what has not been delivered', async () => {
  const receiver = await startReceiver(500);
  const { clerk, client, ada } = await start({
    keys,
    webhook: { url: receiver.url, secret: WEBHOOK_SECRET, retryDelays: [3_600_000] },
  });
  await client.users.updateUser(ada, { firstName: 'One' });
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1));
  await clerk.control.reset();
  await clerk.idle();
  expect(receiver.requests).toHaveLength(1);
});

test('state and keys survive a restart, and a reset goes back to the seed all the same', async () => {
  const stateFile = join(await temporaryDirectory(), 'nested', 'state.json');
  const first = await start({ stateFile });
  await first.client.users.updateUser(first.ada, { firstName: 'Augusta' });
  const session = await first.client.sessions.createSession({ userId: first.ada });
  const token = await first.clerk.mintSessionToken({ user: first.ada, session: session.id });
  await first.clerk.close();
  expect(await readdir(join(stateFile, '..'))).toEqual(['state.json']);

  const second = await start({ stateFile });
  expect(second.clerk.jwtKey).toBe(first.clerk.jwtKey);
  await expect(second.client.users.getUser(first.ada)).resolves.toMatchObject({ firstName: 'Augusta' });
  await expect(second.client.sessions.getSession(session.id)).resolves.toMatchObject({ status: 'active' });
  const { publishableKey, secretKey, url } = second.clerk;
  const request = new Request('http://localhost:3000', { headers: { authorization: `Bearer ${token}` } });
  const verified = await createClerkClient({ apiUrl: url, secretKey, publishableKey }).authenticateRequest(
    request,
  );
  expect(verified.isAuthenticated).toBe(true);
  await second.clerk.control.reset();
  expect(JSON.parse(await readFile(stateFile, 'utf8')).state.users[0]).toMatchObject({ firstName: 'Ada' });
});

test.each(['{', '{"version":2}'])(
  'a state file that is none stops the start and is named: %s',
  async (content) => {
    const stateFile = join(await temporaryDirectory(), 'state.json');
    await writeFile(stateFile, content);
    await expect(start({ stateFile })).rejects.toThrow(`${stateFile} is not a local Clerk's state`);
  },
);

test('a taken port is reported under the name of its variable, and the state file stays as it is', async () => {
  const stateFile = join(await temporaryDirectory(), 'state.json');
  const { clerk } = await start({ stateFile });
  const before = await readFile(stateFile, 'utf8');
  const port = Number(new URL(clerk.url).port);
  await expect(start({ keys, stateFile, port })).rejects.toThrow('LOCAL_CLERK_PORT');
  expect(await readFile(stateFile, 'utf8')).toBe(before);
});
