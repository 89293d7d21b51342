import { decodeJwt, decodeProtectedHeader, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { generateInstanceKeys, startLocalClerk } from '../../dev/clerk';
import { send } from '../harness/client';
import { APP_URL, startWorld, type World } from '../harness/world';

const ID = '{ viewer { id } }';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clerk.control.clear());
afterAll(() => world.close());

test('no token is 401 UNAUTHENTICATED when nothing else was asked', async () => {
  const { status, codes, data, headers, errors } = await send(world.gateway, ID);
  expect({ status, codes, data }).toEqual({
    status: 401,
    codes: ['UNAUTHENTICATED'],
    data: { viewer: null },
  });
  expect(headers.get('www-authenticate')).toBe('Bearer');
  expect(errors[0]?.path).toEqual(['viewer']);
});

test('no token is 200 with partial data when something public was asked too', async () => {
  const { status, codes, data } = await send(world.gateway, '{ __typename viewer { id } }');
  expect({ status, codes, data }).toEqual({
    status: 200,
    codes: ['UNAUTHENTICATED'],
    data: { __typename: 'Query', viewer: null },
  });
});

test('no token on every root field is 401, the mutation among them, and nothing is written', async () => {
  const two = await send(world.gateway, '{ viewer { id } externalData { tasks { totalCount } } }');
  expect(two.status).toBe(401);
  const { status, codes } = await send(
    world.gateway,
    'mutation { updateProfile(input: { firstName: "X" }) { viewer { id } } }',
  );
  expect({ status, codes }).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] });
  expect(world.clerk.control.calls()).toEqual({});
});

/** Tokens that must be refused, by what is wrong with them. */
const REFUSED: Readonly<Record<string, () => Promise<string>>> = {
  'tampered payload': async () => tamper(await world.token('ada'), { sub: world.clerk.users[1]?.id }),
  'tampered payload with an expired claim': async () => tamper(await world.token('ada'), { exp: 1 }),
  'alg none': async () => {
    const [, payload] = (await world.token('ada')).split('.');
    return `${base64url({ alg: 'none', typ: 'JWT', kid: 'x' })}.${payload}.`;
  },
  'alg none with a signature': async () => {
    const [, payload, signature] = (await world.token('ada')).split('.');
    return `${base64url({ alg: 'none', typ: 'JWT', kid: 'x' })}.${payload}.${signature}`;
  },
  'unknown alg': async () => {
    const [, payload, signature] = (await world.token('ada')).split('.');
    return `${base64url({ alg: 'XX999', typ: 'JWT', kid: 'x' })}.${payload}.${signature}`;
  },
  'HS256 with the public key as secret': async () =>
    new SignJWT(decodeJwt(await world.token('ada')))
      .setProtectedHeader(headerOf(await world.token('ada'), { alg: 'HS256' }))
      .sign(new TextEncoder().encode(world.clerk.jwtKey)),
  "another instance's key": async () => {
    const other = await startLocalClerk({
      port: 0,
      appUrl: APP_URL,
      templateSecret: 'other',
      keys: await generateInstanceKeys(),
    });
    const token = await other.mintSessionToken({ user: 'ada@example.com' });
    await other.close();
    return token;
  },
  "another key under this instance's key id": async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const token = await world.token('ada');
    return new SignJWT(decodeJwt(token))
      .setProtectedHeader(headerOf(token, { alg: 'RS256' }))
      .sign(privateKey);
  },
  'JWT template (HS256)': () => world.token('ada', { template: 'supabase' }),
  'JWT template (instance key)': () => world.token('ada', { template: 'rs256' }),
  'not yet valid': () => world.token('ada', { claims: { nbf: Math.floor(Date.now() / 1000) + 60 } }),
  'foreign azp': () => world.token('ada', { claims: { azp: 'https://evil.example' } }),
  'no azp': () => world.token('ada', { claims: { azp: undefined } }),
  garbage: () => Promise.resolve('garbage'),
  'garbage in three parts': () => Promise.resolve('a.b.c'),
};

for (const keys of ['configured', 'fetched'] as const)
  describe(`with the instance's key ${keys}`, () => {
    const gateway = () => (keys === 'configured' ? world.gateway : world.gatewayWith({ CLERK_JWT_KEY: '' }));

    for (const [what, mint] of Object.entries(REFUSED))
      test(`${what}: 401 TOKEN_INVALID, and the whole request is refused`, async () => {
        const { status, codes, data, headers, errors } = await send(
          gateway(),
          '{ __typename viewer { id } }',
          {
            token: await mint(),
          },
        );
        expect({ status, codes, data }).toEqual({ status: 401, codes: ['TOKEN_INVALID'], data: undefined });
        expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
        expect(errors[0]?.extensions.reason).toEqual(expect.any(String));
      });

    test('expired: 401 TOKEN_EXPIRED', async () => {
      const { status, codes, errors } = await send(gateway(), ID, {
        token: await world.token('ada', { ttl: -30 }),
      });
      expect({ status, codes }).toEqual({ status: 401, codes: ['TOKEN_EXPIRED'] });
      expect(errors[0]?.extensions.reason).toBe('session-token-expired');
    });

    test('a good token is accepted', async () => {
      const { status, data } = await send(gateway(), ID, { token: await world.token('ada') });
      expect({ status, data }).toEqual({ status: 200, data: { viewer: { id: world.clerk.users[0]?.id } } });
    });
  });

test('ten thousand unknown key ids cost one call to Clerk, at once and one after the other', {
  timeout: 120_000,
}, async () => {
  const gateway = world.gatewayWith({ CLERK_JWT_KEY: '' });
  const [, payload, signature] = (await world.token('ada')).split('.');
  const attempt = (index: number) =>
    send(gateway, ID, {
      token: `${base64url({ alg: 'RS256', typ: 'JWT', kid: `ins_${index}` })}.${payload}.${signature}`,
    });
  const codes = new Set<string>();
  for (let round = 0; round < 100; round += 1) {
    const answers = await Promise.all(Array.from({ length: 99 }, (_, index) => attempt(round * 100 + index)));
    for (const answer of [...answers, await attempt(round * 100 + 99)]) codes.add(answer.codes.join());
  }
  expect(codes).toEqual(new Set(['TOKEN_INVALID']));
  expect(world.clerk.control.calls()).toEqual({ 'GET /v1/jwks': 1 });
});

describe("clocks may differ by five seconds, which is Clerk's rule", () => {
  const NOW = 1_800_000_000;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ['exp', NOW, 4_999, undefined],
    ['exp', NOW, 5_000, 'TOKEN_EXPIRED'],
    ['nbf', NOW, -5_000, undefined],
    ['nbf', NOW, -5_001, 'TOKEN_INVALID'],
    ['iat', NOW, -5_000, undefined],
    ['iat', NOW, -5_001, 'TOKEN_INVALID'],
  ])('%s of %i, read %i ms later, gives %s', async (claim, time, later, code) => {
    const claims = { iat: NOW - 60, nbf: NOW - 60, exp: NOW + 60, [claim]: time };
    const token = await world.token('ada', { claims });
    vi.setSystemTime(NOW * 1000 + later);
    const { codes } = await send(world.gateway, '{ __typename }', { token });
    expect(codes).toEqual(code === undefined ? [] : [code]);
  });
});

describe('a session token that was accepted before', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is TOKEN_EXPIRED as soon as its time is over', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const token = await world.token('ada');
    expect((await send(world.gateway, ID, { token })).status).toBe(200);
    vi.setSystemTime(Date.now() + 64_000);
    expect((await send(world.gateway, ID, { token })).status).toBe(200);
    vi.setSystemTime(Date.now() + 2_000);
    expect((await send(world.gateway, ID, { token })).codes).toEqual(['TOKEN_EXPIRED']);
  });

  test('is refused where its origin is not accepted', async () => {
    const gateway = world.gatewayWith({ GATEWAY_URL: '', GATEWAY_ORIGINS: 'https://friend.example' });
    const token = await world.token('ada');
    expect((await send(gateway, ID, { token })).status).toBe(200);
    const elsewhere = await send(gateway, ID, { token, headers: { host: 'other.example' } });
    expect(elsewhere.codes).toEqual(['TOKEN_INVALID']);
    expect((await send(gateway, ID, { token })).status).toBe(200);
  });

  test('is refused with anything changed in it, in a cookie without its client, and by another instance', async () => {
    const token = await world.token('ada');
    expect((await send(world.gateway, ID, { token })).status).toBe(200);
    expect((await send(world.gateway, ID, { token: tamper(token, { sub: 'user_x' }) })).codes).toEqual([
      'TOKEN_INVALID',
    ]);
    const alone = await send(world.gateway, ID, { headers: { cookie: `__session=${token}` } });
    expect(alone.codes).toEqual(['TOKEN_INVALID']);
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const other = world.gatewayWith({ CLERK_JWT_KEY: (await exportSPKI(publicKey)).replaceAll('\n', '') });
    expect((await send(other, ID, { token })).codes).toEqual(['TOKEN_INVALID']);
  });

  test('in a cookie is refused once the client has changed after it', async () => {
    const token = await world.token('ada');
    const cookie = (changed: number) => ({
      headers: { cookie: `__session=${token}; __client_uat=${changed}` },
    });
    expect((await send(world.gateway, ID, cookie(uat()))).status).toBe(200);
    expect((await send(world.gateway, ID, cookie(uat() + 1_000))).codes).toEqual(['TOKEN_INVALID']);
    expect((await send(world.gateway, ID, cookie(uat()))).status).toBe(200);
  });
});

test('headers that Clerk and Next write for themselves mean nothing from outside', async () => {
  const token = await world.token('ada');
  const forged = {
    'x-clerk-auth-status': 'signed-in',
    'x-clerk-auth-token': token,
    'x-clerk-auth-signature': 'a'.repeat(64),
    'x-clerk-auth-reason': '',
    'x-clerk-request-data': 'x',
    'x-clerk-clerk-url': APP_URL,
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
    'x-middleware-next': '1',
    'x-middleware-override-headers': 'authorization',
    'x-middleware-request-authorization': `Bearer ${token}`,
  };
  const { status, codes } = await send(world.gateway, ID, { headers: forged });
  expect({ status, codes }).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] });
});

test.each(['Bearer', 'Bearer  ', 'Basic YTpi', 'Bearer a b', 'Digest x="y"'])(
  'the header "Authorization: %s" is refused, not taken for none',
  async (authorization) => {
    const { status, codes } = await send(world.gateway, ID, { headers: { authorization } });
    expect({ status, codes }).toEqual({ status: 401, codes: ['TOKEN_INVALID'] });
  },
);

test('an empty header is none, as clients send it while nobody is signed in', async () => {
  expect((await send(world.gateway, ID, { headers: { authorization: '' } })).codes).toEqual([
    'UNAUTHENTICATED',
  ]);
});

test('the scheme of the header knows no case', async () => {
  const { status } = await send(world.gateway, ID, {
    headers: { authorization: `bearer ${await world.token('ada')}` },
  });
  expect(status).toBe(200);
});

const uat = () => Math.floor(Date.now() / 1000) - 100;

test('session cookies are accepted, with and without the suffix', async () => {
  const token = await world.token('ada');
  const suffixed = await send(world.gateway, ID, { headers: { cookie: await suffixedCookies(token) } });
  expect(suffixed.status).toBe(200);
  const plain = await send(world.gateway, ID, {
    headers: { cookie: `theme=dark; __session=${token}; __client_uat=${uat()}` },
  });
  expect(plain.data).toEqual({ viewer: { id: world.clerk.users[0]?.id } });
});

test('an expired cookie on a POST is TOKEN_EXPIRED, neither a redirect nor anonymous', async () => {
  const token = await world.token('ada', { ttl: -30 });
  const cookie = `__session=${token}; __client_uat=${uat() - 1_000}`;
  const { status, codes } = await send(world.gateway, '{ __typename }', { headers: { cookie } });
  expect({ status, codes }).toEqual({ status: 401, codes: ['TOKEN_EXPIRED'] });
});

test('an expired cookie on a page-like GET is TOKEN_EXPIRED too, without a call to Clerk', async () => {
  const token = await world.token('ada', { ttl: -30 });
  const response = await world.gateway.fetch(
    new Request(`${APP_URL}/api/graphql?query={__typename}`, {
      headers: {
        accept: 'application/json, text/html',
        'sec-fetch-dest': 'document',
        cookie: `__session=${token}; __client_uat=${uat() - 1_000}; __refresh_x=abc`,
      },
    }),
  );
  expect(response.status).toBe(401);
  expect((await response.json()).errors[0].extensions.code).toBe('TOKEN_EXPIRED');
  expect(world.clerk.control.calls()).toEqual({});
});

test.each([
  ['garbage', () => Promise.resolve('garbage')],
  ['a template token', () => world.token('ada', { template: 'rs256' })],
  ['a token without its client cookie', () => world.token('ada')],
] as const)('%s in the session cookie is TOKEN_INVALID', async (what, mint) => {
  const client = what.includes('without') ? '' : `; __client_uat=${uat()}`;
  const { status, codes } = await send(world.gateway, ID, {
    headers: { cookie: `__session=${await mint()}${client}` },
  });
  expect({ status, codes }).toEqual({ status: 401, codes: ['TOKEN_INVALID'] });
});

test('a bad header is not made good by a good cookie', async () => {
  const cookie = await suffixedCookies(await world.token('ada'));
  const { status, codes } = await send(world.gateway, ID, { token: 'garbage', headers: { cookie } });
  expect({ status, codes }).toEqual({ status: 401, codes: ['TOKEN_INVALID'] });
});

test('a session with open tasks is SESSION_PENDING, and 403 when nothing else was asked', async () => {
  const token = await world.token('ada', { pending: true, claims: { tasks: ['choose-organization'] } });
  const { status, codes, errors } = await send(world.gateway, ID, { token });
  expect({ status, codes }).toEqual({ status: 403, codes: ['SESSION_PENDING'] });
  expect(errors[0]?.extensions.tasks).toEqual(['choose-organization']);
});

test('GATEWAY_SIGNED_OUT decides what an anonymous caller gets, and changes nothing for others', async () => {
  const unauthorized = world.gatewayWith({ GATEWAY_SIGNED_OUT: 'unauthorized' });
  const refused = await send(unauthorized, 'not even GraphQL');
  expect({ status: refused.status, codes: refused.codes }).toEqual({
    status: 401,
    codes: ['UNAUTHENTICATED'],
  });
  const hidden = await send(world.gatewayWith({ GATEWAY_SIGNED_OUT: 'not-found' }), ID);
  expect({ status: hidden.status, data: hidden.data }).toEqual({ status: 404, data: undefined });
  const token = await world.token('ada');
  expect((await send(unauthorized, ID, { token })).status).toBe(200);
});

test.each([
  ['https://evil.example', 403],
  ['null', 403],
  [APP_URL, 200],
  ['https://friend.example', 200],
])(
  'a browser that calls from %s gets %i, and is shown the answer only if it may be',
  async (origin, status) => {
    const gateway = world.gatewayWith({ GATEWAY_ORIGINS: 'https://friend.example' });
    const answer = await send(gateway, ID, { token: await world.token('ada'), headers: { origin } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(status === 200 ? origin : null);
  },
);

test('a cross-site request without an origin cannot use cookies', async () => {
  const cookie = await suffixedCookies(await world.token('ada'));
  const { status, codes } = await send(world.gateway, ID, {
    headers: { cookie, 'sec-fetch-site': 'cross-site' },
  });
  expect({ status, codes }).toEqual({ status: 403, codes: ['FORBIDDEN'] });
});

test('tokens of the configured origins are accepted', async () => {
  const gateway = world.gatewayWith({ GATEWAY_ORIGINS: 'https://friend.example' });
  const token = await world.token('ada', { claims: { azp: 'https://friend.example' } });
  expect((await send(gateway, ID, { token })).status).toBe(200);
  expect((await send(world.gateway, ID, { token })).codes).toEqual(['TOKEN_INVALID']);
});

test('where no origin is configured, tokens without azp are accepted', async () => {
  const token = await world.token('ada', { claims: { azp: undefined } });
  expect((await send(world.gatewayWith({ GATEWAY_URL: '' }), ID, { token })).status).toBe(200);
});

test('a token that was accepted for one host is judged anew for another', async () => {
  const gateway = world.gatewayWith({ GATEWAY_URL: '', GATEWAY_ORIGINS: 'https://friend.example' });
  const token = await world.token('ada');
  const at = (host: string) => send(gateway, ID, { token, headers: { 'x-forwarded-host': host } });
  expect((await at('localhost:3000')).status).toBe(200);
  expect((await at('elsewhere.example')).codes).toEqual(['TOKEN_INVALID']);
  expect((await at('localhost:3000')).status).toBe(200);
});

test('cookies that were accepted are no Authorization header', async () => {
  const cookie = await suffixedCookies(await world.token('ada'));
  expect((await send(world.gateway, ID, { headers: { cookie } })).status).toBe(200);
  expect((await send(world.gateway, ID, { headers: { authorization: cookie } })).codes).toEqual([
    'TOKEN_INVALID',
  ]);
});

test('only JSON is taken as a body', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const { status, codes } = await send(world.gateway, ID, { headers: { 'content-type': type } });
    expect({ status, codes }).toEqual({ status: 415, codes: ['BAD_REQUEST'] });
  }
});

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const headerOf = (token: string, changes: { readonly alg: string }) => ({
  ...decodeProtectedHeader(token),
  ...changes,
});

function tamper(token: string, changes: object): string {
  const [header, , signature] = token.split('.');
  return `${header}.${base64url({ ...decodeJwt(token), ...changes })}.${signature}`;
}

async function suffixedCookies(token: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(world.clerk.publishableKey));
  const suffix = Buffer.from(hash).toString('base64url').slice(0, 8);
  return `__session_${suffix}=${token}; __client_uat_${suffix}=${uat()}`;
}
