import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createAuthorizedFetch } from '../../app/clients/authorized-fetch';
import { createTokenSource } from '../../app/clients/fresh-token';
import { ENDPOINT_URL, startWorld, type World } from '../harness/world';
import { clerkTokens, pageFetch } from './clients-support';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.reset());
afterAll(() => world.close());

const slowClock = () => Date.now() - 600_000;
const post = (headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query: '{ viewer { firstName } }' }),
});

test('the headers of the caller are kept', async () => {
  const { fetch, requests } = pageFetch(world.gateway);
  const authorized = createAuthorizedFetch(clerkTokens(await world.token('ada')).getToken, { fetch });
  expect((await authorized(ENDPOINT_URL, post({ 'x-mine': 'kept' }))).status).toBe(200);
  expect(requests[0]?.headers.get('x-mine')).toBe('kept');
});

test('a Request is sent again whole, body and headers', async () => {
  const { fetch, requests } = pageFetch(world.gateway);
  const { getToken } = clerkTokens(await world.token('ada', { ttl: -30 }), await world.token('ada'));
  const authorized = createAuthorizedFetch(getToken, { fetch, now: slowClock });
  const response = await authorized(new Request(ENDPOINT_URL, post({ 'x-mine': 'kept' })));
  expect(await response.json()).toMatchObject({ data: { viewer: { firstName: 'Ada' } } });
  expect(requests.map(({ headers }) => headers.get('x-mine'))).toEqual(['kept', 'kept']);
});

test('a token that is refused for another reason is not renewed, and the client reads why', async () => {
  const { fetch, requests } = pageFetch(world.gateway);
  const { getToken, renewals } = clerkTokens('no-token', await world.token('ada'));
  const response = await createAuthorizedFetch(getToken, { fetch })(ENDPOINT_URL, post());
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'TOKEN_INVALID' } }] });
  expect({ requests: requests.length, renewals: renewals() }).toEqual({ requests: 1, renewals: 0 });
});

test('whoever hears of a refusal late takes the token that others have renewed', async () => {
  const [old, renewed, another] = [
    await world.token('ada', { ttl: -30 }),
    await world.token('ada'),
    'another',
  ];
  const { getToken, renewals } = clerkTokens(old, renewed, another);
  const tokens = createTokenSource(getToken, { now: slowClock });
  expect([await tokens.renew(old), await tokens.renew(old)]).toEqual([renewed, renewed]);
  expect(renewals()).toBe(1);
});

test('a token that has been renewed is renewed again when its time is over', async () => {
  const [old, second, third] = [await world.token('ada'), await world.token('ada'), await world.token('ada')];
  let milliseconds = Date.now();
  const { getToken, renewals } = clerkTokens(old, second, third);
  const tokens = createTokenSource(getToken, { now: () => milliseconds });
  expect(await tokens.renew(old)).toBe(second);
  milliseconds += 49_000;
  expect(await tokens.current()).toBe(second);
  milliseconds += 2_000;
  expect(await tokens.current()).toBe(third);
  expect(renewals()).toBe(2);
});

test('a renewal that failed is tried again', async () => {
  const { getToken, renewals } = clerkTokens(await world.token('ada', { ttl: 5 }));
  const tokens = createTokenSource(getToken);
  await tokens.current();
  await tokens.current();
  expect(renewals()).toBe(2);
});

test('a token that does not say when it ends is sent as it is', async () => {
  for (const opaque of ['oat_0123456789', 'a.b.c', '']) {
    const { getToken, renewals } = clerkTokens(opaque);
    expect(await createTokenSource(getToken).current()).toBe(opaque);
    expect(renewals()).toBe(0);
  }
});

test('the organization is known from the claims of both versions of the session token', async () => {
  const encode = (claims: object) => `h.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.s`;
  for (const [one, other] of [
    [
      { sub: 'u', org_id: 'org_1' },
      { sub: 'u', org_id: 'org_2' },
    ],
    [{ sub: 'u', o: { id: 'org_1' } }, { sub: 'u' }],
  ] as const) {
    const [refused, same, changed] = [encode(one), encode({ ...one, jti: '2' }), encode(other)];
    expect(await createTokenSource(clerkTokens(refused, same).getToken).renew(refused)).toBe(same);
    expect(await createTokenSource(clerkTokens(refused, changed).getToken).renew(refused)).toBeNull();
  }
});
