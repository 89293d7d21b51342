import { createClerkClient } from '@clerk/backend';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { COOKIE_SUFFIX } from '../../dev/clerk/cookies';
import { type LocalClerk, startLocalClerk } from '../../dev/clerk/index';

const APP_URL = 'http://localhost:3000';

let clerk: LocalClerk;
let client: ReturnType<typeof createClerkClient>;

beforeAll(async () => {
  clerk = await startLocalClerk({ port: 0, appUrl: APP_URL, templateSecret: 'template-secret' });
  client = createClerkClient({ apiUrl: clerk.url, secretKey: clerk.secretKey });
});
afterEach(() => clerk.control.reset());
afterAll(() => clerk.close());

function idOf(email: string): string {
  const user = clerk.users.find((candidate) => candidate.email === email);
  if (user === undefined) throw new Error(`${email} is not in the seed`);
  return user.id;
}

async function post(path: string, body: string, authorization = `Bearer ${clerk.secretKey}`) {
  const response = await fetch(`${clerk.url}${path}`, { method: 'POST', body, headers: { authorization } });
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    body: await response.json(),
  };
}

test('a user comes with names, email address and a picture from no remote host', async () => {
  const user = await client.users.getUser(idOf('ada@example.com'));
  expect(user).toMatchObject({ fullName: 'Ada Lovelace', username: 'ada' });
  expect(user.primaryEmailAddress).toMatchObject({
    emailAddress: 'ada@example.com',
    verification: { status: 'verified' },
  });
  expect(user.imageUrl).toMatch(/^data:image\/svg\+xml,/);
  expect(user.lastSignInAt).toBeGreaterThan(user.createdAt);
});

test('users are listed by id and email address, newest first, in pages, with their total count', async () => {
  const { data, totalCount } = await client.users.getUserList({ limit: 1, offset: 1 });
  expect([data.map(({ firstName }) => firstName), totalCount]).toEqual([['Grace'], 3]);
  const some = await client.users.getUserList({
    userId: [idOf('alan@example.com'), idOf('ada@example.com'), 'user_x'],
  });
  expect([some.data.map(({ firstName }) => firstName), some.totalCount]).toEqual([['Alan', 'Ada'], 2]);
  const one = await client.users.getUserList({ emailAddress: ['Grace@example.com'] });
  expect(one.data).toMatchObject([{ firstName: 'Grace' }]);
});

test('an update changes what it names, clears what is empty, and moves updatedAt', async () => {
  const id = idOf('ada@example.com');
  const before = await client.users.getUser(id);
  const after = await client.users.updateUser(id, { firstName: 'Augusta', lastName: '' });
  expect(after).toMatchObject({ firstName: 'Augusta', lastName: null, username: 'ada' });
  expect(after.updatedAt).toBeGreaterThan(before.updatedAt);
  await expect(client.users.getUser(id)).resolves.toMatchObject({ firstName: 'Augusta', lastName: null });
  await client.users.replaceUserMetadata(id, { publicMetadata: { tier: 'gold' } });
  await expect(client.users.getUser(id)).resolves.toMatchObject({ publicMetadata: { tier: 'gold' } });
});

test.each([
  ['a name too long', { firstName: 'x'.repeat(257) }, 'form_param_max_length_exceeded', 'first_name'],
  ['a username taken', { username: 'grace' }, 'form_identifier_exists', 'username'],
  ['a parameter unknown', { externalId: 'x' }, 'form_param_unknown', 'external_id'],
])('an update that does not fit is refused with its parameter: %s', async (_, update, code, paramName) => {
  await expect(client.users.updateUser(idOf('ada@example.com'), update)).rejects.toMatchObject({
    status: 422,
    errors: [{ code, meta: { paramName } }],
  });
});

test('a user can be created, and the password holds', async () => {
  const user = await client.users.createUser({
    emailAddress: ['Edsger@example.com'],
    password: 'go-to-considered',
  });
  expect(user.primaryEmailAddress?.emailAddress).toBe('edsger@example.com');
  await expect(
    client.users.verifyPassword({ userId: user.id, password: 'go-to-considered' }),
  ).resolves.toEqual({ verified: true });
  await expect(client.users.verifyPassword({ userId: user.id, password: 'wrong' })).rejects.toMatchObject({
    status: 422,
  });
});

test('memberships are listed from the user and from the organization, which id and slug find alike', async () => {
  const own = await client.users.getOrganizationMembershipList({ userId: idOf('ada@example.com') });
  expect(own).toMatchObject({ totalCount: 1, data: [{ role: 'org:admin', organization: { slug: 'acme' } }] });
  const organization = await client.organizations.getOrganization({
    slug: 'acme',
    includeMembersCount: true,
  });
  expect(organization.membersCount).toBe(2);
  const organizationId = organization.id;
  await expect(client.organizations.getOrganization({ organizationId })).resolves.toMatchObject({
    name: 'Acme',
  });
  const all = await client.organizations.getOrganizationMembershipList({ organizationId, limit: 1 });
  expect(all).toMatchObject({
    totalCount: 2,
    data: [{ publicUserData: { identifier: 'grace@example.com' } }],
  });
  const none = await client.users.getOrganizationMembershipList({ userId: idOf('alan@example.com') });
  expect(none).toEqual({ totalCount: 0, data: [] });
});

test('a session gives tokens of its organization until it is revoked', async () => {
  const userId = idOf('ada@example.com');
  const organizationId = clerk.state.state.organizations[0]?.id;
  const { body } = await post(
    '/v1/sessions',
    JSON.stringify({ user_id: userId, active_organization_id: organizationId }),
  );
  const { id } = await client.sessions.getSession(body.id);
  const { jwt } = await client.sessions.getToken(id, undefined, 300);
  const claims = decodeJwt(jwt);
  expect(claims).toMatchObject({ sid: id, sub: userId, o: { slg: 'acme', rol: 'admin' }, azp: APP_URL });
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
  expect(decodeJwt((await client.sessions.getToken(id, 'supabase')).jwt)).toMatchObject({
    aud: 'authenticated',
  });
  await expect(client.sessions.getToken(id, 'hasura')).rejects.toMatchObject({ status: 404 });

  await client.sessions.revokeSession(id);
  await expect(client.sessions.getToken(id)).rejects.toMatchObject({ status: 404 });
  const sessions = (status: 'active' | 'revoked') => client.sessions.getSessionList({ userId, status });
  await expect(sessions('active')).resolves.toMatchObject({ totalCount: 0 });
  await expect(sessions('revoked')).resolves.toMatchObject({ totalCount: 1, data: [{ id }] });
});

test('an expired session cookie is refreshed with the refresh token, and with no other', async () => {
  const { id, userId } = await client.sessions.createSession({ userId: idOf('alan@example.com') });
  const other = await client.sessions.createSession({ userId });
  const expired = await clerk.mintSessionToken({ user: userId, session: id, ttl: -30 });
  const refresh = (refreshToken: string) =>
    createClerkClient({
      apiUrl: clerk.url,
      secretKey: clerk.secretKey,
      publishableKey: clerk.publishableKey,
      jwtKey: clerk.jwtKey,
    }).authenticateRequest(
      new Request(APP_URL, {
        headers: {
          cookie: `__session=${expired}; __client_uat=1; __refresh_${COOKIE_SUFFIX}=${refreshToken}`,
        },
      }),
    );
  const token = clerk.state.state.sessions.find((session) => session.id === id)?.refreshToken ?? '';
  await expect(refresh(token)).resolves.toMatchObject({ isAuthenticated: true });
  await expect(refresh('guess')).resolves.toMatchObject({ isAuthenticated: false });
  const foreign = await post(
    `/v1/sessions/${other.id}/refresh`,
    JSON.stringify({
      format: 'cookie',
      expired_token: expired,
      refresh_token: clerk.state.state.sessions.find((session) => session.id === other.id)?.refreshToken,
    }),
  );
  expect(foreign.status).toBe(401);
});

test('sign-in tokens point at the application and can be revoked once', async () => {
  const ticket = await client.signInTokens.createSignInToken({
    userId: idOf('ada@example.com'),
    expiresInSeconds: 60,
  });
  expect(ticket).toMatchObject({
    status: 'pending',
    url: `${APP_URL}/sign-in?__clerk_ticket=${ticket.token}`,
  });
  await expect(client.signInTokens.revokeSignInToken(ticket.id)).resolves.toMatchObject({
    status: 'revoked',
  });
  await expect(client.signInTokens.revokeSignInToken(ticket.id)).rejects.toMatchObject({ status: 400 });
  await expect(client.testingTokens.createTestingToken()).resolves.toMatchObject({ object: 'testing_token' });
});

test('machine tokens tell whose they are and whether they still count', async () => {
  const subject = idOf('ada@example.com');
  await expect(client.apiKeys.verify('ak_local_ada_valid')).resolves.toMatchObject({
    subject,
    revoked: false,
    expired: false,
  });
  await expect(client.apiKeys.verify('ak_local_ada_revoked')).resolves.toMatchObject({ revoked: true });
  await expect(client.apiKeys.verify('ak_local_ada_expired')).resolves.toMatchObject({ expired: true });
  await expect(client.m2m.verify({ token: 'mt_local_nightly_valid' })).resolves.toMatchObject({
    subject: expect.stringMatching(/^mch_/),
  });
  await expect(client.idPOAuthAccessToken.verify('oat_local_ada_valid')).resolves.toMatchObject({
    subject,
    scopes: ['profile', 'email'],
  });
  await expect(client.apiKeys.verify('ak_unknown')).rejects.toMatchObject({ status: 404 });
  const versioned = await post('/v1/api_keys/verify', JSON.stringify({ secret: 'ak_local_ada_valid' }));
  expect(versioned).toMatchObject({ status: 200, body: { object: 'api_key', subject } });
});

test('an API key authenticates a request that accepts API keys', async () => {
  const request = new Request(APP_URL, { headers: { authorization: 'Bearer ak_local_ada_valid' } });
  const full = createClerkClient({
    apiUrl: clerk.url,
    secretKey: clerk.secretKey,
    publishableKey: clerk.publishableKey,
  });
  const state = await full.authenticateRequest(request, { acceptsToken: 'api_key' });
  expect(state.toAuth()).toMatchObject({
    tokenType: 'api_key',
    userId: idOf('ada@example.com'),
    scopes: ['invoices:read'],
  });
});

test('nobody gets in without the secret key', async () => {
  const stranger = createClerkClient({ apiUrl: clerk.url, secretKey: 'sk_live_wrong' });
  const refused = { status: 401, errors: [{ code: 'clerk_key_invalid' }] };
  await expect(stranger.users.getUser(idOf('ada@example.com'))).rejects.toMatchObject(refused);
  await expect(stranger.apiKeys.verify('ak_local_ada_valid')).rejects.toMatchObject(refused);
  const missing = await fetch(`${clerk.url}/v1/jwks`);
  expect(missing.status).toBe(401);
  await expect(missing.json()).resolves.toMatchObject({
    errors: [{ code: 'authorization_header_format_invalid' }],
  });
});

test('errors are JSON of exactly the type the SDK parses, and name what is wrong', async () => {
  expect(await post('/v1/sessions', '{"user_id":')).toMatchObject({
    status: 400,
    contentType: 'application/json',
    body: { errors: [{ code: 'request_body_invalid' }] },
  });
  for (const body of ['[]', 'null', '"x"'])
    expect(await post('/v1/sessions', body)).toMatchObject({ status: 400 });
  expect(await post('/v1/sessions', '{}')).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'form_param_missing', meta: { param_name: 'user_id' } }] },
  });
  expect(await post('/v1/actor_tokens', '{}')).toMatchObject({
    status: 501,
    body: { errors: [{ message: 'The local Clerk does not implement POST /v1/actor_tokens' }] },
  });
  await expect(client.users.getUser('__proto__')).rejects.toMatchObject({ status: 404 });
  await expect(client.users.getUserList({ limit: 501 })).rejects.toMatchObject({ status: 422 });
});
