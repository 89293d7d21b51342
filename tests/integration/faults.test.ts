import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../dev/control';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

/** Short, so that a hanging source does not make the suite slow. */
const DEADLINE_MS = 1_000;

let world: World;
let gateway: Gateway;

beforeAll(async () => {
  world = await startWorld({ GATEWAY_TIMEOUT_MS: String(DEADLINE_MS) });
});
beforeEach(() => {
  // What a gateway has learned of a source that fails is its own.
  gateway = world.gatewayWith({});
  world.clerk.control.clear();
  world.supabase.control.clear();
});
afterAll(() => world.close());

const QUERY = `{ viewer { id firstName organization { id role name } }
  externalData { tasks(first: 1) { edges { node { title } } } } }`;

/** What an upstream must never see forwarded. */
const UPSTREAM_WORDS = 'postgres://internal-host/secret';

const FAULTS: readonly [string, Fault, string, object][] = [
  ['429', { kind: 'status', status: 429, retryAfter: 7 }, 'RATE_LIMITED', { retryAfter: 7 }],
  ['429 without Retry-After', { kind: 'status', status: 429 }, 'RATE_LIMITED', {}],
  ['500', { kind: 'status', status: 500, body: UPSTREAM_WORDS }, 'UPSTREAM_UNAVAILABLE', {}],
  [
    '500 with a JSON body',
    {
      kind: 'status',
      status: 500,
      contentType: 'application/json',
      body: JSON.stringify({ message: UPSTREAM_WORDS, errors: [{ code: 'x', message: UPSTREAM_WORDS }] }),
    },
    'UPSTREAM_UNAVAILABLE',
    {},
  ],
  [
    'HTML behind a 502',
    { kind: 'status', status: 502, contentType: 'text/html', body: `<h1>${UPSTREAM_WORDS}</h1>` },
    'UPSTREAM_UNAVAILABLE',
    {},
  ],
  [
    'HTML behind a 200',
    { kind: 'status', status: 200, contentType: 'text/html', body: `<h1>${UPSTREAM_WORDS}</h1>` },
    'UPSTREAM_UNAVAILABLE',
    {},
  ],
  [
    'JSON of another shape',
    {
      kind: 'status',
      status: 200,
      contentType: 'application/json',
      body: `{"surprise":"${UPSTREAM_WORDS}"}`,
    },
    'UPSTREAM_UNAVAILABLE',
    {},
  ],
  [
    'broken JSON',
    { kind: 'status', status: 200, contentType: 'application/json', body: '[{"title":' },
    'UPSTREAM_UNAVAILABLE',
    {},
  ],
  ['a redirect', { kind: 'status', status: 302, body: UPSTREAM_WORDS }, 'UPSTREAM_UNAVAILABLE', {}],
  ['a closed connection', { kind: 'close' }, 'UPSTREAM_UNAVAILABLE', {}],
  ['silence', { kind: 'hang' }, 'UPSTREAM_TIMEOUT', {}],
];

describe.each(FAULTS)('%s', (what, fault, code, details) => {
  test('of Clerk nulls the fields that need it, coded, and no other', async () => {
    world.clerk.control.inject({ endpoint: 'GET /v1/users', times: 2, fault });
    const { status, data, errors } = await inTime(
      send(gateway, QUERY, { token: await world.token('ada', { org: 'acme' }) }),
    );
    expect(status).toBe(200);
    expect(data).toMatchObject({
      viewer: { firstName: null, organization: { role: 'org:admin', name: 'Acme' } },
      externalData: { tasks: { edges: [{ node: { title: expect.any(String) } }] } },
    });
    expect(errors).toMatchObject([
      { path: ['viewer', 'firstName'], extensions: { code, source: 'clerk', ...details } },
    ]);
    expect(JSON.stringify(errors)).not.toContain(UPSTREAM_WORDS);
  });

  test('of Supabase nulls the fields that need it, coded, and no other', async () => {
    world.supabase.control.inject({ fault });
    const { status, data, errors } = await inTime(
      send(gateway, QUERY, { token: await world.token('ada', { org: 'acme' }) }),
    );
    expect(status).toBe(200);
    expect(data).toMatchObject({
      viewer: { firstName: 'Ada', organization: { name: 'Acme' } },
      externalData: { tasks: null },
    });
    expect(errors).toMatchObject([
      { path: ['externalData', 'tasks'], extensions: { code, source: 'supabase', ...details } },
    ]);
    expect(JSON.stringify(errors)).not.toContain(UPSTREAM_WORDS);
    // A dead source is not asked again by the client library.
    expect(world.supabase.control.total()).toBe(1);
  });

  test('where a template token is minted nulls the external fields only', async () => {
    const withTemplate = world.gatewayWith({ SUPABASE_JWT_TEMPLATE: 'supabase' });
    world.clerk.control.inject({ endpoint: 'POST /v1/sessions/:id/tokens', times: 2, fault });
    const { data, errors } = await inTime(
      send(withTemplate, QUERY, { token: await world.token('ada', { org: 'acme' }) }),
    );
    expect(data).toMatchObject({ viewer: { firstName: 'Ada' }, externalData: { tasks: null } });
    expect(errors).toMatchObject([{ extensions: { code, source: 'clerk', ...details } }]);
    expect(world.supabase.control.total()).toBe(0);
  });

  test(`where the keys are fetched is no verdict on the token (${what})`, async () => {
    const withoutKey = world.gatewayWith({ CLERK_JWT_KEY: '' });
    const token = await world.token('ada');
    world.clerk.control.inject({ endpoint: 'GET /v1/jwks', times: 2, fault });
    const { status, codes, data } = await inTime(send(withoutKey, '{ viewer { id } }', { token }));
    expect({ codes, data }).toEqual({ codes: [code], data: undefined });
    expect(status).toBe(code === 'RATE_LIMITED' ? 429 : 503);
    // And is forgotten as soon as Clerk answers.
    if (fault.kind === 'hang' || code === 'RATE_LIMITED') return;
    world.clerk.control.clear();
    expect((await send(withoutKey, '{ viewer { id } }', { token })).status).toBe(200);
  });
});

test('sources that refuse the connection are coded', async () => {
  const gone = await startWorld({ GATEWAY_TIMEOUT_MS: String(DEADLINE_MS) });
  const token = await gone.token('ada', { org: 'acme' });
  await gone.close();
  const { status, data, errors } = await inTime(send(gone.gateway, QUERY, { token }));
  expect(status).toBe(200);
  expect(data.viewer).toMatchObject({
    id: expect.any(String),
    firstName: null,
    organization: { name: null },
  });
  expect(errors.map(({ path, extensions }) => [path?.at(-1), extensions.code, extensions.source])).toEqual(
    expect.arrayContaining([
      ['firstName', 'UPSTREAM_UNAVAILABLE', 'clerk'],
      ['name', 'UPSTREAM_UNAVAILABLE', 'clerk'],
      ['tasks', 'UPSTREAM_UNAVAILABLE', 'supabase'],
    ]),
  );
});

test('a redirect of Supabase is not followed: the keys in the headers stay where they belong', async () => {
  const location = `${world.clerk.url}/v1/jwks`;
  world.supabase.control.inject({ fault: { kind: 'status', status: 307, location } });
  const query = '{ externalData { tasks { totalCount } } }';
  const { codes } = await send(gateway, query, { token: await world.token('ada') });
  expect(codes).toEqual(['UPSTREAM_UNAVAILABLE']);
  expect(world.clerk.control.calls()).toEqual({});
});

test('a failed update is coded, and not taken for done', async () => {
  world.clerk.control.inject({ endpoint: 'PATCH', fault: { kind: 'status', status: 429, retryAfter: 3 } });
  const { data, errors } = await send(
    gateway,
    'mutation { updateProfile(input: { firstName: "X" }) { viewer { firstName } } }',
    { token: await world.token('ada') },
  );
  expect(data).toEqual({ updateProfile: null });
  expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', source: 'clerk', retryAfter: 3 } }]);
});

test('two sources that are silent together cost one deadline', async () => {
  const withTemplate = world.gatewayWith({ SUPABASE_JWT_TEMPLATE: 'supabase' });
  world.clerk.control.inject({ times: 10, fault: { kind: 'hang' } });
  world.supabase.control.inject({ times: 10, fault: { kind: 'hang' } });
  const { codes } = await inTime(
    send(withTemplate, QUERY, { token: await world.token('ada', { org: 'acme' }) }),
  );
  expect(new Set(codes)).toEqual(new Set(['UPSTREAM_TIMEOUT']));
});

test('causes are logged with the id of the request, and without secrets', async () => {
  const token = await world.token('ada');
  world.supabase.control.inject({
    fault: {
      kind: 'status',
      status: 500,
      contentType: 'application/json',
      body: `{"code":"XX","message":"saw ${token}"}`,
    },
  });
  const { headers } = await send(gateway, QUERY, { token });
  const entry = world.log.findLast(({ code }) => code === 'UPSTREAM_UNAVAILABLE');
  expect(entry).toMatchObject({ requestId: headers.get('x-request-id'), path: ['externalData', 'tasks'] });
  const written = JSON.stringify(world.log);
  expect(JSON.stringify(entry)).toContain('saw [redacted]');
  expect(written).not.toContain(token);
  expect(written).not.toContain(world.clerk.secretKey);
});

/** Fails where an answer comes much later than the deadline: a busy machine is slow to notice it. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const value = await answer;
  expect(performance.now() - startedAt).toBeLessThan(DEADLINE_MS + 3_000);
  return value;
}
