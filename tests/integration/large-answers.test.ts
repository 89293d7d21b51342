import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ENDPOINT, type Gateway, nodeListener } from '../../gateway';
import { MAX_ANSWER_BYTES } from '../../sources/bounded-fetch';
import { type ApiServer, startApi } from '../harness/api-servers';
import { ENDPOINT_URL, startWorld, type World } from '../harness/world';

/** Two pages of so many rows, which together are far more than the buffers of a connection hold. */
const ROWS = 100;

const LARGE = `{ externalData {
  one: tasks(first: ${ROWS}) { edges { node { title } } }
  two: tasks(first: ${ROWS}) { edges { node { title } } } } }`;

const TITLE_BYTES = Math.floor(MAX_ANSWER_BYTES / (ROWS + 1)) - 300;

let world: World;
let source: ApiServer;
let gateway: Gateway;
let server: Server;
let headers: Readonly<Record<string, string>>;

beforeAll(async () => {
  world = await startWorld();
  const rows = Array.from({ length: ROWS }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    // Of one, two, three and four bytes.
    title: `Task ${index} 'é–😀`.padEnd(TITLE_BYTES - 10, 'x'),
  }));
  source = await startApi(async () => ({ body: rows }));
  gateway = world.gatewayWith({ SUPABASE_URL: source.url, GATEWAY_COST: 'off' });
  headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await world.token('ada', { ttl: 600 })}`,
  };
});
beforeEach(async () => {
  server = createServer(nodeListener(gateway)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
afterAll(() => Promise.all([world.close(), source.close()]));

/** An answer that has begun to arrive, and is read by whoever wants to. */
async function ask(query: string): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const sent = request({ host: '127.0.0.1', port, path: ENDPOINT, method: 'POST', headers });
  sent.end(JSON.stringify({ query }));
  const [response] = await once(sent, 'response');
  return response;
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return text;
}

const connections = () =>
  new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );

test('an answer of 10 MB is to the letter what Gateway.fetch answers', async () => {
  const asked = await gateway.fetch(
    new Request(ENDPOINT_URL, { method: 'POST', headers, body: JSON.stringify({ query: LARGE }) }),
  );
  const response = await ask(LARGE);
  const text = await textOf(response);
  expect(Number(response.headers['content-length'])).toBe(Buffer.byteLength(text));
  expect(Buffer.byteLength(text)).toBeGreaterThan(1.9 * MAX_ANSWER_BYTES);
  // Not with toBe, which would print them.
  expect(text === (await asked.text())).toBe(true);
});

test('a reader who takes their time keeps nobody else waiting, and gets it all', async () => {
  const slow = await ask(LARGE);
  for (let asked = 0; asked < 20; asked += 1)
    expect(JSON.parse(await textOf(await ask('{ viewer { id } }')))).toMatchObject({
      data: { viewer: { id: expect.any(String) } },
    });
  expect(slow.complete).toBe(false);
  const { data } = JSON.parse(await textOf(slow));
  expect(data.externalData.two.edges).toHaveLength(ROWS);
});

test('a reader who goes away in the middle of an answer leaves nothing behind', async () => {
  const closed = new Promise<void>((resolve) =>
    server.once('request', (_, outgoing) => outgoing.once('close', resolve)),
  );
  const response = await ask(LARGE);
  response.destroy();
  await closed;
  expect(response.complete).toBe(false);
  await vi.waitFor(async () => expect(await connections()).toBe(0));
});
