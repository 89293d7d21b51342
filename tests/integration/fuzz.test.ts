import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isErrorCode } from '../../errors/codes';
import type { Gateway } from '../../gateway';
import { lookForLeaks } from '../harness/leaks';
import { madeUpRequest, toRequest } from '../harness/made-up-requests';
import { startWorld, type World } from '../harness/world';

/** Deterministic: a failing run can be repeated, and is shrunk to what matters. */
const SEED = 20_261_125;
const CASES = 10_000;

let world: World;
let gateway: Gateway;
let token: string;
let own: string;
let others: readonly string[];

beforeAll(async () => {
  world = await startWorld({ GATEWAY_MAX_BATCH: '3', GATEWAY_CACHE_SECONDS: '3600' });
  gateway = world.gateway;
  token = await world.token('ada', { ttl: 3_600, org: 'acme' });
  const [ada, ...rest] = world.clerk.users;
  own = ada?.id ?? '';
  others = rest.flatMap(({ id, email }) => [id, email]);
});
afterAll(() => world.close());

test(`${CASES} made-up requests are answered: no 500, no unmasked word, nobody else's data`, {
  timeout: 300_000,
}, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(madeUpRequest, async (wanted) => {
      const response = await gateway.fetch(toRequest(wanted, token));
      const text = await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      lookForLeaks('an answer', text);
      expect(response.status).not.toBe(500);
      expect(text).not.toMatch(/node_modules|\bat .*\.[jt]s:\d|originalError|INTERNAL_SERVER_ERROR/);
      for (const other of others) expect(text).not.toContain(other);
      if (text === '' || !(response.headers.get('content-type') ?? '').includes('json')) return;
      const answers = [JSON.parse(text)].flat();
      for (const { errors = [] } of answers)
        for (const { extensions } of errors) expect(isErrorCode(extensions.code), extensions.code).toBe(true);
    }),
    { seed: SEED, numRuns: CASES, endOnFailure: false },
  );
  // What was made up reached every part: answers, refusals of each kind.
  for (const status of [200, 400, 401, 403, 405, 415])
    expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(10);
  expect(world.log.filter(({ level }) => level === 50)).toEqual([]);
  expect(own).not.toBe('');
});
