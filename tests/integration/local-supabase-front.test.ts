import { PostgrestClient } from '@supabase/postgrest-js';
import {
  createLocalJWKSet,
  decodeJwt,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Service, serve } from '../../dev/serve';
import { type LocalSupabase, startLocalSupabase } from '../../dev/supabase';
import { upstreamAt } from '../../dev/supabase/upstream';

const JWT_SECRET = 'a secret that is shared with the template';
const ISSUER = 'https://clerk.test';

const instance = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const jwks = createLocalJWKSet({
  keys: [{ ...(await exportJWK(instance.publicKey)), kid: 'instance', alg: 'RS256' }],
});

/** Stands for an engine in another process: keeps what it gets and answers with an empty list. */
let engine: Service;
let received: { method: string; url: URL; headers: Headers; body: string }[] = [];
let supabase: LocalSupabase;

beforeAll(async () => {
  engine = await serve({
    port: 0,
    portVariable: 'ENGINE_PORT',
    fetch: async (request) => {
      const { method, headers } = request;
      received.push({ method, url: new URL(request.url), headers, body: await request.text() });
      return Response.json([], { status: 206, headers: { 'content-range': '*/7' } });
    },
  });
  supabase = await start();
});

beforeEach(() => {
  supabase.control.clear();
  received = [];
});

afterAll(async () => {
  await supabase?.close();
  await engine?.close();
});

function start(options: { port?: number; jwks?: JWTVerifyGetKey } = {}): Promise<LocalSupabase> {
  return startLocalSupabase({
    port: 0,
    jwtSecret: JWT_SECRET,
    issuer: ISSUER,
    jwks,
    engine: upstreamAt(engine.url),
    ...options,
  });
}

function ask(token?: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${supabase.url}/rest/v1/tasks`, {
    headers: {
      apikey: supabase.anonKey,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
}

const inAMinute = () => Math.floor(Date.now() / 1000) + 60;
const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: ISSUER,
  sub: 'user_ada',
  exp: inAMinute(),
  ...more,
});

function sessionToken(more?: JWTPayload, { privateKey } = instance): Promise<string> {
  return new SignJWT(claims(more)).setProtectedHeader({ alg: 'RS256', kid: 'instance' }).sign(privateKey);
}

function templateToken(more?: JWTPayload, secret = JWT_SECRET): Promise<string> {
  return new SignJWT(claims({ role: 'authenticated', ...more }))
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}

test.each<[string, () => string | Promise<string>]>([
  ['junk', () => 'junk'],
  ['an empty token', () => ''],
  ['an unsigned token', () => new UnsecuredJWT(claims({ role: 'authenticated' })).encode()],
  ['a session token of another key', () => sessionToken({}, stranger)],
  ['a session token of another issuer', () => sessionToken({ iss: 'https://clerk.evil.test' })],
  [
    'a session token without an issuer',
    () =>
      new SignJWT({ sub: 'user_ada' })
        .setProtectedHeader({ alg: 'RS256', kid: 'instance' })
        .sign(instance.privateKey),
  ],
  ['a session token with the role postgres', () => sessionToken({ role: 'postgres' })],
  ['a session token with the role service_role', () => sessionToken({ role: 'service_role' })],
  ['a session token with the role anon', () => sessionToken({ role: 'anon' })],
  ['a template token of another secret', () => templateToken({}, 'some other secret of sufficient length')],
  [
    'a template token without a role',
    () =>
      new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(JWT_SECRET)),
  ],
  ['a template token with the role postgres', () => templateToken({ role: 'postgres' })],
  ['a template token with the role service_role', () => templateToken({ role: 'service_role' })],
  [
    'a token signed with the public key as secret',
    async () => templateToken({}, await exportSPKI(instance.publicKey)),
  ],
  [
    'a token of another algorithm',
    () =>
      new SignJWT(claims({ role: 'authenticated' }))
        .setProtectedHeader({ alg: 'HS512' })
        .sign(new TextEncoder().encode(JWT_SECRET.repeat(2))),
  ],
])('%s is refused and reaches no engine', async (_, token) => {
  const response = await ask(await token());
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({
    code: 'PGRST301',
    message: expect.any(String),
    details: null,
    hint: null,
  });
  expect(received).toEqual([]);
});

test.each([
  ['session', sessionToken],
  ['template', templateToken],
])('an expired %s token is refused as expired', async (_, sign) => {
  const response = await ask(await sign({ exp: Math.floor(Date.now() / 1000) - 1 }));
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({
    code: 'PGRST303',
    message: 'JWT expired',
    details: null,
    hint: null,
  });
  expect(response.headers.get('www-authenticate')).toBe(
    'Bearer error="invalid_token", error_description="JWT expired"',
  );
  expect(received).toEqual([]);
});

test('a token that is not valid yet is refused', async () => {
  const response = await ask(await sessionToken({ nbf: inAMinute() }));
  expect({ status: response.status, ...(await response.json()) }).toMatchObject({
    status: 401,
    code: 'PGRST303',
  });
});

test('credentials of another scheme are refused, not taken for none', async () => {
  const response = await ask(undefined, { authorization: 'Basic YWRhOmFkYQ==' });
  expect(response.status).toBe(401);
  expect(received).toEqual([]);
});

test('keys that cannot be fetched are not blamed on the token', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const lonely = await start({ jwks: () => Promise.reject(new Error('the local Clerk is not there')) });
  const response = await fetch(`${lonely.url}/rest/v1/tasks`, {
    headers: { apikey: lonely.anonKey, authorization: `Bearer ${await sessionToken()}` },
  });
  expect(response.status).toBe(500);
  expect(printed).toHaveBeenCalled();
  await lonely.close();
  printed.mockRestore();
});

test('the engine gets a token that the shared secret signed, with the user’s claims', async () => {
  const token = await sessionToken({ sid: 'sess_1' });
  await ask(token);
  const [, signed = ''] = received[0]?.headers.get('authorization')?.split(' ') ?? [];
  const { payload } = await jwtVerify(signed, new TextEncoder().encode(JWT_SECRET));
  expect(payload).toEqual({ ...decodeJwt(token), role: 'authenticated' });
});

test('without a token, or with the key in its place, the engine is asked without a token', async () => {
  await ask();
  await ask(supabase.anonKey);
  expect(received.map(({ headers }) => headers.get('authorization'))).toEqual([null, null]);
});

test.each([
  ['no', {}],
  ['a wrong', { apikey: 'sb_publishable_other' }],
])('%s API key is refused', async (_, headers) => {
  const response = await fetch(`${supabase.url}/rest/v1/tasks`, {
    headers: { authorization: `Bearer ${await sessionToken()}`, ...headers },
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('API key') });
  expect(received).toEqual([]);
});

test('method, query, body and preferences pass, and the answer comes back', async () => {
  const answer = await new PostgrestClient(`${supabase.url}/rest/v1`, {
    headers: { apikey: supabase.anonKey },
  })
    .from('tasks')
    .insert({ title: 'ü' }, { count: 'exact' })
    .select('id')
    .or('title.eq."a+b&c"');
  expect(answer).toMatchObject({ status: 206, count: 7, data: [] });
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: 'POST', body: '{"title":"ü"}' });
  expect(received[0]?.url.pathname).toBe('/rest/v1/tasks');
  expect(Object.fromEntries(received[0]?.url.searchParams ?? [])).toMatchObject({
    select: 'id',
    or: '(title.eq."a+b&c")',
  });
  expect(received[0]?.headers.get('prefer')).toBe('count=exact, return=representation');
});

test('headers that PostgREST has no use for stay behind', async () => {
  await ask(undefined, { cookie: '__session=x', 'x-forwarded-for': '1.2.3.4' });
  for (const name of ['apikey', 'cookie', 'x-forwarded-for'])
    expect(received[0]?.headers.has(name), name).toBe(false);
});

test('what is not /rest/v1 is not there, and says so', async () => {
  const response = await fetch(`${supabase.url}/auth/v1/token`, { method: 'POST' });
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ message: expect.stringContaining('/auth/v1/token') });
});

test('an injected 429 says when to come back, once', async () => {
  supabase.control.inject({ fault: { kind: 'status', status: 429, retryAfter: 7 } });
  const limited = await ask();
  expect(limited.status).toBe(429);
  expect(limited.headers.get('retry-after')).toBe('7');
  expect((await ask()).status).toBe(206);
});

test('an injected 500 or page of HTML reaches the client as it is', async () => {
  supabase.control.inject({ fault: { kind: 'status', status: 500, body: 'boom' } });
  supabase.control.inject({
    fault: { kind: 'status', status: 200, body: '<html></html>', contentType: 'text/html' },
  });
  const broken = await ask();
  expect([broken.status, await broken.text()]).toEqual([500, 'boom']);
  const page = await ask();
  expect([page.headers.get('content-type'), await page.text()]).toEqual(['text/html', '<html></html>']);
  expect(received).toEqual([]);
});

test('an injected hang lasts until the client gives up', async () => {
  supabase.control.inject({ fault: { kind: 'hang' } });
  const answer = fetch(`${supabase.url}/rest/v1/tasks`, { signal: AbortSignal.timeout(100) });
  await expect(answer).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('an injected close ends the connection', async () => {
  supabase.control.inject({ fault: { kind: 'close' } });
  await expect(ask()).rejects.toThrow('fetch failed');
});

test('calls are counted by method and path, and faulted ones too', async () => {
  supabase.control.inject({ endpoint: 'GET /rest/v1/tasks', fault: { kind: 'status', status: 503 } });
  await ask();
  await ask();
  await fetch(`${supabase.url}/rest/v1/tasks`, { method: 'HEAD' });
  expect(supabase.control.calls()).toEqual({ 'GET /rest/v1/tasks': 2, 'HEAD /rest/v1/tasks': 1 });
});

test('another process injects faults, reads counts and clears both over HTTP', async () => {
  const control = `${supabase.url}/__control`;
  await fetch(`${control}/faults`, {
    method: 'POST',
    body: JSON.stringify({ fault: { kind: 'status', status: 503 } }),
  });
  expect((await ask()).status).toBe(503);
  expect(await (await fetch(`${control}/calls`)).json()).toEqual({ 'GET /rest/v1/tasks': 1 });
  await fetch(`${control}/reset`, { method: 'POST' });
  expect(supabase.control.total()).toBe(0);
});

test('a taken port is reported under the variable that sets it', async () => {
  await expect(start({ port: Number(new URL(supabase.url).port) })).rejects.toThrow('LOCAL_SUPABASE_PORT');
});
