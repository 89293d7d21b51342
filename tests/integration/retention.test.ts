import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../harness/client';
import { collectGarbage } from '../harness/garbage';
import { startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  world = await startWorld({
    GATEWAY_CACHE_SECONDS: '30',
    GATEWAY_STALE_SECONDS: '300',
    GATEWAY_RATE_LIMIT: '100000',
    GATEWAY_ADDRESS_RATE_LIMIT: '100000',
    GATEWAY_TRUSTED_PROXIES: '1',
    SUPABASE_JWT_TEMPLATE: 'supabase',
  });
});
afterAll(() => world.close());

/** What Next keeps for each request, some hundred kilobytes, goes where asynchronous work goes that the request began. */
const requests = new AsyncLocalStorage<object>();

const REQUESTS = 8;

/** A connection keeps the request that opened it, and a batch the last one that was in it, until the next is. */
const A_FEW = 3;

/** How many requests there are that something still leads to, after all were answered. */
async function kept(ask: (turn: number) => Promise<unknown>): Promise<number> {
  const stores: WeakRef<object>[] = [];
  for (let turn = 0; turn < REQUESTS; turn += 1) stores.push(new WeakRef(await askedWithin(() => ask(turn))));
  const left = () => stores.filter((store) => store.deref() !== undefined).length;
  for (let look = 0; look < 20 && left() > 0; look += 1) {
    await setImmediate();
    collectGarbage();
  }
  return left();
}

async function askedWithin(ask: () => Promise<unknown>): Promise<object> {
  const store = { request: 'whatever it holds' };
  await requests.run(store, ask);
  return store;
}

/** Each from somewhere else. */
const from = (turn: number) => ({ 'x-forwarded-for': `192.0.2.${turn}` });

const USERS = ['ada', 'grace', 'alan'] as const;

test.each([
  ['whose token and names are remembered', '{ viewer { id firstName } }'],
  ['for external data', '{ externalData { tasks(first: 2) { edges { node { title project { name } } } } } }'],
  ['that changed a name', 'mutation { updateProfile(input: { firstName: "Ada" }) { viewer { id } } }'],
])('nothing keeps a request %s once it is answered', async (_about, query) => {
  const left = await kept(async (turn) => {
    const token = await world.token(USERS[turn % USERS.length] ?? 'ada');
    expect((await send(world.gateway, query, { token, headers: from(turn) })).errors).toEqual([]);
  });
  expect(left).toBeLessThanOrEqual(A_FEW);
});

test.each(['oat_', 'ak_', 'mt_', ''])(
  'nothing keeps a request with a token %s… that nobody knows',
  async (prefix) => {
    const left = await kept(async (turn) => {
      const token = `${prefix}unknown${turn}`;
      expect((await send(world.gateway, '{ viewer { id } }', { token, headers: from(turn) })).status).toBe(
        401,
      );
    });
    expect(left).toBeLessThanOrEqual(A_FEW);
  },
);
