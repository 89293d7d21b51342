import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIXED_HEADERS } from '../../gateway/security-headers';
import { APP_URL, ENDPOINT_URL, startWorld, type World } from '../harness/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const HEADERS = {
  ...FIXED_HEADERS,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  vary: 'Origin, Authorization, Cookie, Accept',
};

const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
const QUERY = JSON.stringify({ query: '{ viewer { id } }' });

/** Requests that are answered in different places, with the status of the answer. */
const REQUESTS: readonly (readonly [what: string, status: number, url: string, init: RequestInit])[] = [
  ['a refusal', 401, ENDPOINT_URL, { method: 'POST', headers: JSON_TYPE, body: QUERY }],
  [
    'a refused token',
    401,
    ENDPOINT_URL,
    { method: 'POST', headers: { ...JSON_TYPE, authorization: 'Bearer x.y.z' }, body: QUERY },
  ],
  ['a syntax error', 400, ENDPOINT_URL, { method: 'POST', headers: JSON_TYPE, body: '{"query":"{"}' }],
  ['a wrong content type', 415, ENDPOINT_URL, { method: 'POST', body: 'x' }],
  ['a wrong method', 405, ENDPOINT_URL, { method: 'DELETE' }],
  ['an origin of our own', 204, ENDPOINT_URL, { method: 'OPTIONS', headers: { origin: APP_URL } }],
  [
    'an origin elsewhere',
    403,
    ENDPOINT_URL,
    { method: 'POST', headers: { ...JSON_TYPE, origin: 'https://elsewhere.example' }, body: QUERY },
  ],
  ['a path that is not there', 404, `${APP_URL}/api/none`, {}],
  ['a webhook where none is taken', 404, `${APP_URL}/api/webhooks/clerk`, { method: 'POST', body: '{}' }],
];

test.each(REQUESTS)('%s is answered with all security headers', async (_what, status, url, init) => {
  const response = await world.gateway.fetch(new Request(url, init));
  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toMatchObject(HEADERS);
  expect(response.headers.has('strict-transport-security')).toBe(false);
});

test('data is answered with all security headers', async () => {
  const response = await world.gateway.fetch(
    new Request(ENDPOINT_URL, {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: `Bearer ${await world.token('ada')}` },
      body: QUERY,
    }),
  );
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject(HEADERS);
});

test('a site that is served with https tells browsers to keep to it', async () => {
  const gateway = world.gatewayWith({ GATEWAY_URL: 'https://app.example.com' });
  const response = await gateway.fetch(
    new Request('https://app.example.com/api/graphql', { method: 'DELETE' }),
  );
  expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000');
});
