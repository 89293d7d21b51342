import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Gateway } from '../../gateway';
import { send } from '../harness/client';
import { APP_URL, startWorld, type World } from '../harness/world';

const PRINCIPAL = `{
  principal {
    __typename
    ... on Viewer { id sessionId }
    ... on ApiKey { name subject scopes tokenExpiresAt }
    ... on Machine { id scopes }
    ... on OAuthGrant { clientId scopes user { id sessionId organization { id } firstName primaryEmailAddress } }
  }
}`;

const MACHINE = 'mch_2nightly0000000000000000000';

let world: World;
let gateway: Gateway;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  await world.clerk.control.reset();
  // What a gateway has learned of tokens is its own.
  gateway = world.gatewayWith({});
});
afterAll(() => world.close());

const ada = () => world.clerk.users[0]?.id ?? '';
const now = () => Math.floor(Date.now() / 1000);

const m2mJwt = (claims: object = {}, header: object = {}) =>
  world.clerk.sign(
    {
      iss: world.clerk.issuer,
      sub: MACHINE,
      jti: 'mt_1',
      iat: now(),
      exp: now() + 60,
      scopes: 'mch_2a mch_2b',
      ...claims,
    },
    { cat: 'cl_B7d4PD333AAA', ...header },
  );

const oauthJwt = (claims: object = {}, header: object = {}) =>
  world.clerk.sign(
    {
      iss: world.clerk.issuer,
      sub: ada(),
      client_id: 'client_x',
      jti: 'oat_1',
      iat: now(),
      exp: now() + 60,
      scope: 'profile email',
      ...claims,
    },
    { typ: 'at+jwt', ...header },
  );

describe('every valid token is told what it is', () => {
  test('a session token: the user', async () => {
    const token = await world.token('ada');
    const { data, errors } = await send(gateway, PRINCIPAL, { token });
    expect(errors).toEqual([]);
    expect(data.principal).toEqual({ __typename: 'Viewer', id: ada(), sessionId: decodeJwt(token).sid });
    expect(world.clerk.control.calls()).toEqual({});
  });

  test('an API key: its name, scopes and subject', async () => {
    const { data, errors } = await send(gateway, PRINCIPAL, { token: 'ak_local_ada_valid' });
    expect(errors).toEqual([]);
    expect(data.principal).toEqual({
      __typename: 'ApiKey',
      name: 'Reports',
      subject: ada(),
      scopes: ['invoices:read'],
      tokenExpiresAt: null,
    });
    expect(world.clerk.control.calls()).toEqual({ 'POST /api_keys/verify': 1 });
  });

  test('an M2M token, opaque or JWT: the machine', async () => {
    const opaque = await send(gateway, PRINCIPAL, { token: 'mt_local_nightly_valid' });
    expect(opaque.data?.principal).toEqual({ __typename: 'Machine', id: MACHINE, scopes: [MACHINE] });
    world.clerk.control.clear();
    const jwt = await send(gateway, PRINCIPAL, { token: await m2mJwt() });
    expect(jwt.data?.principal).toEqual({ __typename: 'Machine', id: MACHINE, scopes: ['mch_2a', 'mch_2b'] });
    expect(world.clerk.control.calls()).toEqual({});
  });

  test('an OAuth token, opaque or JWT: the application, and the user it acts for', async () => {
    const user = { id: ada(), sessionId: null, organization: null, firstName: 'Ada' };
    const opaque = await send(gateway, PRINCIPAL, { token: 'oat_local_ada_valid' });
    expect(opaque.data?.principal).toMatchObject({
      __typename: 'OAuthGrant',
      clientId: 'local_oauth_client',
      user,
    });
    const jwt = await send(gateway, PRINCIPAL, { token: await oauthJwt() });
    expect(jwt.data?.principal).toMatchObject({
      __typename: 'OAuthGrant',
      clientId: 'client_x',
      scopes: ['profile', 'email'],
      user,
    });
  });

  test('nobody without a token', async () => {
    expect((await send(gateway, PRINCIPAL)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a kind of token opens only what names it', () => {
  test.each(['ak_local_ada_valid', 'mt_local_nightly_valid'])('%s is no user', async (token) => {
    const { status, data, errors } = await send(
      gateway,
      '{ viewer { id } externalData { tasks { totalCount } } }',
      {
        token,
      },
    );
    expect({ status, data }).toEqual({ status: 403, data: { viewer: null, externalData: null } });
    expect(errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', requires: [{ signedIn: true }, { tokenType: 'oauth_token' }] } },
      { extensions: { code: 'FORBIDDEN', requires: [{ signedIn: true }] } },
    ]);
  });

  test('an OAuth token is no session: no data source, no change, no sessions, no organizations', async () => {
    const token = 'oat_local_ada_valid';
    const read = await send(
      gateway,
      '{ externalData { tasks { totalCount } } viewer { id sessions { id } } }',
      { token },
    );
    expect(read.codes).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(read.data).toEqual({ externalData: null, viewer: { id: ada(), sessions: null } });
    const changes = [
      'mutation { updateProfile(input: { firstName: "X" }) { viewer { id } } }',
      'mutation { revokeSession(input: { sessionId: "sess_1" }) { session { id } } }',
    ];
    for (const mutation of changes) {
      const { status, codes } = await send(gateway, mutation, { token });
      expect({ status, codes }).toEqual({ status: 403, codes: ['FORBIDDEN'] });
    }
    expect(world.clerk.control.calls()).toEqual({ 'POST /oauth_applications/access_tokens/verify': 1 });
  });

  test('an application sees of the user what it was granted', async () => {
    const token = await oauthJwt({ scope: 'email' });
    const { status, data, errors } = await send(gateway, '{ viewer { id firstName primaryEmailAddress } }', {
      token,
    });
    expect(status).toBe(200);
    expect(data.viewer).toEqual({ id: ada(), firstName: null, primaryEmailAddress: 'ada@example.com' });
    expect(errors).toMatchObject([
      {
        path: ['viewer', 'firstName'],
        extensions: { code: 'FORBIDDEN', requires: [{ signedIn: true }, { tokenScope: 'profile' }] },
      },
    ]);
  });

  test("a session's token has no token scopes, and a program no roles, permissions, features or plans", async () => {
    const members = '{ viewer { organization { members { totalCount } } } }';
    const token = await oauthJwt({
      o: { id: 'org_x', rol: 'admin', per: 'read', fpm: '1' },
      fea: 'o:members',
    });
    expect((await send(gateway, members, { token })).data).toEqual({ viewer: { organization: null } });
  });
});

describe('a bad token is refused', () => {
  const REFUSED: Readonly<Record<string, () => string | Promise<string>>> = {
    'an unknown API key': () => 'ak_unknown',
    'an unknown M2M token': () => 'mt_unknown',
    'an unknown OAuth token': () => 'oat_unknown',
    'a revoked API key': () => 'ak_local_ada_revoked',
    'a revoked M2M token': () => 'mt_local_nightly_revoked',
    'a revoked OAuth token': () => 'oat_local_ada_revoked',
    'a tampered M2M JWT': async () => tamper(await m2mJwt(), { sub: 'mch_2other' }),
    'a tampered OAuth JWT': async () => tamper(await oauthJwt(), { scope: 'all' }),
    'an OAuth JWT without a client': () => oauthJwt({ client_id: undefined }),
    'an OAuth JWT of a machine': () => oauthJwt({ sub: 'mch_x' }, { cat: 'cl_B7d4PD222AAA' }),
    'an OAuth JWT whose subject is nobody': () => oauthJwt({ sub: 'org_x' }),
    'an M2M JWT in the category of sessions': () => m2mJwt({}, { cat: 'cl_B7d4PD111AAA' }),
    'an M2M JWT in the category of templates': () => m2mJwt({}, { cat: 'cl_B7d4PD222AAA' }),
    'an OAuth JWT for another API': () => oauthJwt({ aud: 'https://other.example/api' }),
    'a session whose user is a machine': async () =>
      world.clerk.sign({ ...decodeJwt(await world.token('ada')), sub: MACHINE }, { cat: 'cl_B7d4PD111AAA' }),
  };

  test.each(Object.entries(REFUSED))('%s: 401 TOKEN_INVALID', async (_what, mint) => {
    const { status, codes, data } = await send(gateway, '{ __typename }', { token: await mint() });
    expect({ status, codes, data }).toEqual({ status: 401, codes: ['TOKEN_INVALID'], data: undefined });
  });

  test.each([
    ['an API key', () => 'ak_local_ada_expired'],
    ['an opaque M2M token', () => 'mt_local_nightly_expired'],
    ['an opaque OAuth token', () => 'oat_local_ada_expired'],
    ['an M2M JWT', () => m2mJwt({ exp: now() - 30 })],
    ['an OAuth JWT', () => oauthJwt({ exp: now() - 30 })],
  ])('%s whose time is over: 401 TOKEN_EXPIRED', async (_what, mint) => {
    const { status, codes } = await send(gateway, '{ __typename }', { token: await mint() });
    expect({ status, codes }).toEqual({ status: 401, codes: ['TOKEN_EXPIRED'] });
  });

  test('a tampered JWT whose time is over is TOKEN_INVALID: nothing in it is believed', async () => {
    const token = tamper(await m2mJwt(), { exp: 1 });
    expect((await send(gateway, '{ __typename }', { token })).codes).toEqual(['TOKEN_INVALID']);
  });

  test('an OAuth JWT that names this API is accepted', async () => {
    const token = await oauthJwt({ aud: [`${APP_URL}/api/graphql`, 'https://other.example'] });
    expect((await send(gateway, PRINCIPAL, { token })).status).toBe(200);
  });

  test.each([
    ['an M2M JWT', () => m2mJwt()],
    ['an OAuth JWT', () => oauthJwt()],
    ['an API key', () => Promise.resolve('ak_local_ada_valid')],
    ['an opaque M2M token', () => Promise.resolve('mt_local_nightly_valid')],
    ['an opaque OAuth token', () => Promise.resolve('oat_local_ada_valid')],
  ])('%s in the session cookie is TOKEN_INVALID, and asks nobody', async (_what, mint) => {
    const cookie = `__session=${await mint()}; __client_uat=${now() - 100}`;
    const { status, codes } = await send(gateway, PRINCIPAL, { headers: { cookie } });
    expect({ status, codes }).toEqual({ status: 401, codes: ['TOKEN_INVALID'] });
    expect(world.clerk.control.calls()).toEqual({});
  });
});

describe('the economy of look-ups', () => {
  test('a token is looked up once, however many requests bring it at once or soon after', async () => {
    await Promise.all(
      Array.from({ length: 50 }, () => send(gateway, PRINCIPAL, { token: 'ak_local_ada_valid' })),
    );
    for (let index = 0; index < 5; index += 1)
      expect((await send(gateway, PRINCIPAL, { token: 'ak_unknown' })).codes).toEqual(['TOKEN_INVALID']);
    expect(world.clerk.control.calls()).toEqual({ 'POST /api_keys/verify': 2 });
  });

  test('a thousand made-up API keys cost fifty look-ups, and sessions are not held up', async () => {
    // From nobody knows where: an address has a budget of its own.
    const gateway = world.gatewayWith({ GATEWAY_TRUSTED_PROXIES: '1' });
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        send(gateway, '{ __typename }', { token: `ak_junk_${index}` }),
      ),
    );
    expect(world.clerk.control.calls()).toEqual({ 'POST /api_keys/verify': 50 });
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(950);
    expect(limited[0]?.errors).toMatchObject([
      { extensions: { code: 'RATE_LIMITED', source: 'gateway', retryAfter: expect.any(Number) } },
    ]);
    expect(limited[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await send(gateway, '{ viewer { id } }', { token: await world.token('ada') })).status).toBe(200);
  });

  test('who has used up the budget of their address leaves that of others alone', async () => {
    const behindProxy = world.gatewayWith({ GATEWAY_TRUSTED_PROXIES: '1' });
    const from = (address: string, token: string) =>
      send(behindProxy, '{ __typename }', { token, headers: { 'x-forwarded-for': address } });
    const junk = await Promise.all(
      // What stands before the address that the proxy saw is made up.
      Array.from({ length: 100 }, (_, index) => from(`10.0.0.${index}, 192.0.2.1`, `ak_junk_${index}`)),
    );
    expect(junk.filter(({ status }) => status === 429)).toHaveLength(80);
    expect(world.clerk.control.total()).toBe(20);
    expect((await from('192.0.2.2', 'ak_local_ada_valid')).status).toBe(200);
    expect((await from('192.0.2.1', 'ak_local_ada_valid')).status).toBe(200);
  });

  test('good tokens use no budget up', async () => {
    for (let index = 0; index < 60; index += 1)
      expect((await send(world.gatewayWith({}), PRINCIPAL, { token: 'ak_local_ada_valid' })).status).toBe(
        200,
      );
  });

  test.each([
    ['down', { kind: 'status', status: 500 }, 'UPSTREAM_UNAVAILABLE', 503],
    ['rate limited', { kind: 'status', status: 429, retryAfter: 3 }, 'RATE_LIMITED', 429],
    ['silent', { kind: 'hang' }, 'UPSTREAM_TIMEOUT', 503],
    ['talking nonsense', { kind: 'status', status: 200, body: '{"id":"ak_1"}' }, 'UPSTREAM_UNAVAILABLE', 503],
  ] as const)(
    'while Clerk is %s the token is neither accepted nor refused',
    async (_what, fault, code, status) => {
      const hurried = world.gatewayWith({ GATEWAY_TIMEOUT_MS: '200' });
      world.clerk.control.inject({ endpoint: 'POST /api_keys/verify', times: 2, fault });
      const answer = await send(hurried, PRINCIPAL, { token: 'ak_local_ada_valid' });
      expect({ status: answer.status, codes: answer.codes }).toEqual({ status, codes: [code] });
    },
  );
});

test('the log names programs by their ids, and no token', async () => {
  const tokens = ['ak_local_ada_valid', 'mt_local_nightly_valid', 'oat_local_ada_valid', 'ak_unknown'];
  for (const token of tokens) await send(gateway, PRINCIPAL, { token });
  const lines = world.log.slice(-4).map(({ principal, principalId }) => [principal, principalId]);
  expect(lines).toEqual([
    ['apiKey', `ak_${'a1'.padStart(32, '0')}`],
    ['machine', MACHINE],
    ['oauth', 'local_oauth_client'],
    ['refused', undefined],
  ]);
  for (const token of tokens) expect(JSON.stringify(world.log)).not.toContain(token);
});

function tamper(token: string, changes: object): string {
  const [header, , signature] = token.split('.');
  const payload = Buffer.from(JSON.stringify({ ...decodeJwt(token), ...changes })).toString('base64url');
  return `${header}.${payload}.${signature}`;
}
