import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { beforeEach, expect, test } from 'vitest';
import { createLifecycle, type Lifecycle } from '../../gateway';
import { type DrainOptions, drain } from '../../gateway/drain';
import { type OpenServers, watchServers } from '../../gateway/open-servers';
import { captureLog } from '../harness/log';

let lifecycle: Lifecycle;
let servers: OpenServers;
let server: Server;
let port: number;
/** Requests that wait to be answered. */
let waiting: ServerResponse[];

beforeEach(async () => {
  lifecycle = createLifecycle();
  servers = watchServers();
  waiting = [];
  server = createServer((request, response) => {
    if (request.url === '/slow') waiting.push(response);
    else response.end('quick');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  return () => {
    server.closeAllConnections();
    server.close();
  };
});

const begin = (options: Partial<DrainOptions> = {}) =>
  drain({
    lifecycle,
    servers,
    logger: captureLog().logger,
    graceMs: 0,
    hurry: new AbortController().signal,
    finishMs: 10_000,
    ...options,
  });

async function ask(path: string, agent?: Agent): Promise<{ body: string; connection: string | undefined }> {
  const sent = get({ port, path, host: '127.0.0.1', ...(agent === undefined ? {} : { agent }) });
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { body, connection: response.headers.connection };
}

const isOpen = () =>
  ask('/').then(
    () => true,
    () => false,
  );

async function slowRequest(): Promise<Promise<{ body: string; connection: string | undefined }>[]> {
  const answer = ask('/slow');
  answer.catch(() => {});
  while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // In a list, so that awaiting this function does not await the answer.
  return [answer];
}

test('it is draining before it stops accepting, and every answer closes its connection', async () => {
  await isOpen();
  const drained = begin({ graceMs: 500 });
  expect(lifecycle.draining).toBe(true);
  expect(await ask('/', new Agent({ keepAlive: true }))).toEqual({ body: 'quick', connection: 'close' });
  await drained;
  expect(await isOpen()).toBe(false);
});

test('a request that was running when it began is waited for, and its connection closes', async () => {
  const [answer] = await slowRequest();
  const drained = begin();
  while (await isOpen());
  waiting[0]?.end('slow');
  expect(await answer).toEqual({ body: 'slow', connection: 'close' });
  await drained;
});

test('a request that takes longer than any may is cut off', async () => {
  const [answer] = await slowRequest();
  await begin({ finishMs: 100 });
  await expect(answer).rejects.toThrow();
});

test('connections on which nothing runs hold nothing up, used before or not', async () => {
  await ask('/', new Agent({ keepAlive: true }));
  const unused = connect(port, '127.0.0.1');
  await once(unused, 'connect');
  const closed = once(unused, 'close');
  await begin();
  await closed;
});

test('whoever is in a hurry gets no grace', async () => {
  const hurry = new AbortController();
  const drained = begin({ graceMs: 600_000, hurry: hurry.signal });
  hurry.abort();
  await drained;
});
