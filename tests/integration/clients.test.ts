import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { GATEHOUSE_CODES } from '../../app/clients/error-codes';
import { fieldIssues, gatehouseErrors } from '../../app/clients/errors';
import { ERROR_CODES } from '../../errors/codes';
import { startWorld, type World } from '../harness/world';
import { clerkTokens, KITS, pageFetch } from './clients-support';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.reset());
beforeEach(() => world.supabase.control.clear());
afterAll(() => world.close());

const VIEWER = '{ viewer { id firstName } }';
const BOTH = `{ viewer { id firstName }
  externalData { tasks(first: 2) { edges { cursor node { id title } } pageInfo { hasNextPage endCursor } } } }`;
const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { viewer { id firstName lastName fullName } } }`;

/** The clock of a machine on which tokens that have expired seem to live. */
const slowClock = () => Date.now() - 600_000;
const fastClock = () => Date.now() + 600_000;

test('the kits know every code of the gateway', () => {
  expect(GATEHOUSE_CODES).toEqual(ERROR_CODES);
});

test('no error is an empty list, and a code of a later gateway a failure on its side', () => {
  expect([gatehouseErrors(undefined), gatehouseErrors(null)]).toEqual([[], []]);
  const errors = [{ message: 'New.', path: ['viewer'], extensions: { code: 'NEW', more: 1 } }];
  expect(gatehouseErrors({ errors })).toEqual([
    {
      code: 'INTERNAL_SERVER_ERROR',
      message: 'New.',
      path: ['viewer'],
      extensions: { code: 'NEW', more: 1 },
    },
  ]);
});

test('of several broken rules at one field the first is shown', () => {
  const issues = ['first', 'second'].map((message) => ({ path: ['input', 'firstName'], message }));
  const errors = [{ message: '', extensions: { code: 'BAD_USER_INPUT', issues } }];
  expect(fieldIssues(gatehouseErrors({ errors }))).toEqual({ firstName: 'first' });
});

for (const { name, create } of KITS) {
  test(`${name}: an operation is posted with the token, and its data arrives`, async () => {
    const { fetch, requests, responses } = pageFetch(world.gateway);
    const token = await world.token('ada', { org: 'acme' });
    const { data, errors } = await create(clerkTokens(token).getToken, { fetch }).query(BOTH);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      viewer: { id: world.clerk.users[0]?.id, firstName: 'Ada' },
      externalData: { tasks: { edges: [{ node: {} }, { node: {} }], pageInfo: { hasNextPage: true } } },
    });
    expect(requests.map(({ method, url, headers }) => [method, url, headers.get('authorization')])).toEqual([
      ['POST', 'http://localhost:3000/api/graphql', `Bearer ${token}`],
    ]);
    expect(responses[0]?.headers.get('content-type')).toMatch('application/graphql-response+json');
  });

  test(`${name}: where nobody is signed in no token is sent, and the 401 reads UNAUTHENTICATED`, async () => {
    const { fetch, requests, responses } = pageFetch(world.gateway);
    const { data, errors } = await create(clerkTokens(null).getToken, { fetch }).query(BOTH);
    expect(requests.map(({ headers }) => headers.has('authorization'))).toEqual([false]);
    expect(responses[0]?.status).toBe(401);
    expect(errors).toMatchObject([
      { code: 'UNAUTHENTICATED', path: ['viewer'] },
      { code: 'UNAUTHENTICATED', path: ['externalData'] },
    ]);
    expect([data?.viewer ?? null, data?.externalData ?? null]).toEqual([null, null]);
  });

  test(`${name}: signing out counts for the next operation`, async () => {
    const { fetch, requests } = pageFetch(world.gateway);
    const { getToken, setCached } = clerkTokens(await world.token('ada'));
    const client = create(getToken, { fetch });
    expect((await client.query(VIEWER)).errors).toEqual([]);
    setCached(null);
    expect((await client.query(VIEWER)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
    expect(requests.map(({ headers }) => headers.has('authorization'))).toEqual([true, false]);
  });

  test(`${name}: what a failed source leaves out comes with its reason, and the rest comes with it`, async () => {
    world.supabase.control.inject({ fault: { kind: 'status', status: 429, retryAfter: 7 } });
    const { fetch } = pageFetch(world.gateway);
    const { getToken } = clerkTokens(await world.token('ada'));
    const { data, errors } = await create(getToken, { fetch }).query(BOTH);
    expect(data).toMatchObject({ viewer: { firstName: 'Ada' }, externalData: { tasks: null } });
    expect(errors).toMatchObject([
      { code: 'RATE_LIMITED', path: ['externalData', 'tasks'], source: 'supabase', retryAfter: 7 },
    ]);
  });

  test(`${name}: a session with tasks before it is SESSION_PENDING, and no reason to renew`, async () => {
    const { fetch, responses } = pageFetch(world.gateway);
    const { getToken, renewals } = clerkTokens(await world.token('ada', { pending: true }));
    const { data, errors } = await create(getToken, { fetch }).query(VIEWER);
    expect(responses.map(({ status }) => status)).toEqual([403]);
    expect({ viewer: data?.viewer ?? null, renewals: renewals() }).toEqual({ viewer: null, renewals: 0 });
    expect(errors).toMatchObject([{ code: 'SESSION_PENDING', path: ['viewer'] }]);
  });

  test(`${name}: a token that is refused as expired is renewed once, and nobody notices`, async () => {
    const { fetch, requests } = pageFetch(world.gateway);
    const [expired, fresh] = [await world.token('ada', { ttl: -30 }), await world.token('ada')];
    const { getToken, renewals } = clerkTokens(expired, fresh);
    const { data, errors } = await create(getToken, { fetch, now: slowClock }).query(VIEWER);
    expect({ data, errors }).toMatchObject({ data: { viewer: { firstName: 'Ada' } }, errors: [] });
    expect(renewals()).toBe(1);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      `Bearer ${expired}`,
      `Bearer ${fresh}`,
    ]);
  });

  test(`${name}: a mutation with an expired token is done once`, async () => {
    const { fetch } = pageFetch(world.gateway);
    const { getToken } = clerkTokens(await world.token('ada', { ttl: -30 }), await world.token('ada'));
    const client = create(getToken, { fetch, now: slowClock });
    const { data, errors } = await client.mutate(UPDATE, { input: { firstName: 'Augusta' } });
    expect(errors).toEqual([]);
    expect(data.updateProfile.viewer.fullName).toBe('Augusta Lovelace');
    expect(world.clerk.control.calls()).toEqual({ 'PATCH /v1/users/:id': 1 });
  });

  test(`${name}: a renewal that has expired too is TOKEN_EXPIRED, once, and no loop`, async () => {
    const { fetch, requests } = pageFetch(world.gateway);
    const expired = () => world.token('ada', { ttl: -30 });
    const { getToken, renewals } = clerkTokens(await expired(), await expired(), await world.token('ada'));
    const { data, errors } = await create(getToken, { fetch, now: slowClock }).query(VIEWER);
    expect(errors).toMatchObject([{ code: 'TOKEN_EXPIRED', path: [] }]);
    expect(data ?? null).toBeNull();
    expect({ requests: requests.length, renewals: renewals() }).toEqual({ requests: 2, renewals: 1 });
  });

  test(`${name}: where no new token is to be had, the refusal of the old one stands`, async () => {
    for (const renewal of [[null], []]) {
      const { fetch, requests } = pageFetch(world.gateway);
      const { getToken } = clerkTokens(await world.token('ada', { ttl: -30 }), ...renewal);
      const { errors } = await create(getToken, { fetch, now: slowClock }).query(VIEWER);
      expect(errors).toMatchObject([{ code: 'TOKEN_EXPIRED' }]);
      expect(requests).toHaveLength(1);
    }
  });

  test(`${name}: what one user or organization began is not sent again for another`, async () => {
    for (const other of [await world.token('grace'), await world.token('ada', { org: 'acme' })]) {
      const { fetch, requests } = pageFetch(world.gateway);
      const { getToken } = clerkTokens(await world.token('ada', { ttl: -30 }), other);
      const client = create(getToken, { fetch, now: slowClock });
      const { errors } = await client.mutate(UPDATE, { input: { firstName: 'Mallory' } });
      expect(errors).toMatchObject([{ code: 'TOKEN_EXPIRED' }]);
      expect(requests).toHaveLength(1);
    }
    expect(world.clerk.control.total('PATCH')).toBe(0);
  });

  test(`${name}: a token that is about to expire is renewed before it is sent`, async () => {
    const { fetch, requests } = pageFetch(world.gateway);
    const fresh = await world.token('ada');
    const { getToken, renewals } = clerkTokens(await world.token('ada', { ttl: 5 }), fresh);
    const { errors } = await create(getToken, { fetch }).query(VIEWER);
    expect({ errors, renewals: renewals() }).toEqual({ errors: [], renewals: 1 });
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([`Bearer ${fresh}`]);
  });

  test(`${name}: a token that cannot be renewed is sent for as long as it lives`, async () => {
    const { fetch, requests } = pageFetch(world.gateway);
    const { getToken } = clerkTokens(await world.token('ada', { ttl: 5 }));
    expect((await create(getToken, { fetch }).query(VIEWER)).errors).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['are refused', { ttl: -30, now: slowClock, sent: 20 }],
    ['are about to expire', { ttl: 5, now: Date.now, sent: 10 }],
  ])(`${name}: ten operations whose tokens %s renew once`, async (_, { ttl, now, sent }) => {
    const { fetch, requests } = pageFetch(world.gateway);
    const fresh = () => world.token('ada');
    const { getToken, renewals } = clerkTokens(
      await world.token('ada', { ttl }),
      ...[await fresh(), await fresh()],
    );
    const client = create(getToken, { fetch, now });
    const query = (index: number) => client.query(`query Q${index} { viewer { id firstName } }`);
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => query(index)));
    expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
    expect(outcomes.map(({ data }) => data.viewer.firstName)).toEqual(Array(10).fill('Ada'));
    expect({ renewals: renewals(), sent: requests.length }).toEqual({ renewals: 1, sent });
  });

  test(`${name}: a clock that is wrong costs one renewal, not one for each operation`, async () => {
    for (const now of [slowClock, fastClock]) {
      const { fetch } = pageFetch(world.gateway);
      const fresh = () => world.token('ada');
      const { getToken, renewals } = clerkTokens(
        await world.token('ada', { ttl: -30 }),
        ...[await fresh(), await fresh()],
      );
      const client = create(getToken, { fetch, now });
      for (let count = 0; count < 3; count += 1) expect((await client.query(VIEWER)).errors).toEqual([]);
      expect(renewals()).toBe(1);
    }
  });

  test(`${name}: every broken rule of an input is readable by field`, async () => {
    const { fetch } = pageFetch(world.gateway);
    const client = create(clerkTokens(await world.token('ada')).getToken, { fetch });
    const input = { firstName: 'A\nda', lastName: 'x'.repeat(257) };
    const { data, errors } = await client.mutate(UPDATE, { input });
    expect(data).toMatchObject({ updateProfile: null });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['updateProfile'] }]);
    expect(fieldIssues(errors)).toEqual({ firstName: expect.any(String), lastName: expect.any(String) });
    const ofAType = await client.mutate(UPDATE, { input: { firstName: 7 } });
    expect(fieldIssues(ofAType.errors)).toEqual({ firstName: expect.any(String) });
  });

  test(`${name}: a refusal is understood where something on the way has changed its type`, async () => {
    const { fetch } = pageFetch(world.gateway);
    const asJson: typeof fetch = async (input, init) => {
      const { status, body } = await fetch(input, init);
      return new Response(body, { status, headers: { 'content-type': 'application/json' } });
    };
    const client = create(clerkTokens(null).getToken, { fetch: asJson });
    expect((await client.query(VIEWER)).errors).toMatchObject([
      { code: 'UNAUTHENTICATED', path: ['viewer'] },
    ]);
  });

  test.each([
    ['the network fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a proxy answers', async () => new Response('<h1>Bad Gateway</h1>', { status: 502 })],
    ['nothing is answered', async () => new Response(null, { status: 404 })],
    ['Clerk has no token to give', null],
  ])(`${name}: where %s the error is NETWORK_ERROR`, async (_, fetch) => {
    const broken = () => Promise.reject(new Error('Clerk cannot be reached.'));
    const client =
      fetch === null ? create(broken, {}) : create(clerkTokens(await world.token('ada')).getToken, { fetch });
    const { errors } = await client.query(VIEWER);
    expect(errors).toEqual([
      { code: 'NETWORK_ERROR', message: expect.any(String), path: [], extensions: {} },
    ]);
  });
}
