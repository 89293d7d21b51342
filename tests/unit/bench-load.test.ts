import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { load } from '../../bench/speed/load/load';

/** How long the server takes for an answer at least, in milliseconds. */
const ANSWER_MS = 2;

let server: Server;
let port: number;
/** Tokens in the order in which they arrived. */
let arrived: string[];
/** Tokens that were under way at the same time, joined. */
let together: Set<string>;

beforeEach(async () => {
  arrived = [];
  together = new Set();
  const underWay: string[] = [];
  server = createServer(async (request, response) => {
    const token = String(request.headers.authorization).replace('Bearer ', '');
    arrived.push(token);
    underWay.push(token);
    together.add([...new Set(underWay.map(kindOf))].sort().join());
    await pause(ANSWER_MS);
    underWay.splice(underWay.indexOf(token), 1);
    response.end(kindOf(token));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const kindOf = (token: string) => token.slice(0, 4);

const numbered = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${kind}-${index}`);

function ask(tokens: readonly string[]) {
  const requests = { method: 'GET', path: '/', tokens, bodies: [''] } as const;
  return { requests, expected: { status: 200, bodyBytes: 4 } };
}

test('what takes turns is never under way with another, and what may be sent once is sent once', async () => {
  const unseen = numbered('cold', 500);
  const results = await load({
    port,
    connections: 4,
    primes: [{ ...ask(['warm-0']), ms: 1 }],
    measures: [
      { ...ask(['warm-0']), ms: 60_000 },
      { ...ask(unseen), count: unseen.length },
    ],
  });
  expect(together).toEqual(new Set(['warm', 'cold']));
  expect(arrived.filter((token) => kindOf(token) === 'cold')).toEqual(unseen);
  const changes = arrived.filter((token, index) => kindOf(token) !== kindOf(arrived[index - 1] ?? token));
  // Four connections get no more than 400 answers in a turn, where timers are a millisecond early.
  expect(changes.length).toBeGreaterThanOrEqual(3);
  expect(results).toHaveLength(2);
  for (const { rps, p50, p99 } of results) {
    expect(rps).toBeGreaterThan(0);
    expect(p50).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(p50);
  }
});

test('of one kind so many are measured as it is told, on all connections at once', async () => {
  const [result] = await load({
    port,
    connections: 4,
    primes: [{ ...ask(['warm-0']), ms: 20 }],
    measures: [{ ...ask(numbered('cold', 40)), count: 40 }],
  });
  expect(arrived.filter((token) => kindOf(token) === 'cold')).toEqual(numbered('cold', 40));
  expect(result?.rps).toBeGreaterThan(0);
});

test('an answer that is not like the others ends the load', async () => {
  const wrong = { ...ask(['warm-0']), expected: { status: 200, bodyBytes: 5 } };
  await expect(
    load({ port, connections: 1, primes: [{ ...ask(['warm-0']), ms: 1 }], measures: [{ ...wrong, ms: 10 }] }),
  ).rejects.toThrow('"bodyBytes":4');
});
