import { createClerkClient, verifyToken } from '@clerk/backend';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateInstanceKeys, type LocalClerk, startLocalClerk } from '../../dev/clerk/index';
import { organizationClaims } from '../../dev/clerk/tokens/organization-claims';

const APP_URL = 'http://localhost:3000';
const TEMPLATE_SECRET = 'template-secret-of-at-least-32-characters';

let clerk: LocalClerk;

beforeAll(async () => {
  clerk = await startLocalClerk({ port: 0, appUrl: APP_URL, templateSecret: TEMPLATE_SECRET });
});
afterAll(() => clerk.close());

function authenticate(
  token: string,
  options: { withJwtKey?: boolean; headers?: Record<string, string> } = {},
) {
  const { url, secretKey, publishableKey, jwtKey } = clerk;
  const client = createClerkClient({
    apiUrl: url,
    secretKey,
    publishableKey,
    ...(options.withJwtKey === false ? {} : { jwtKey }),
  });
  const headers = options.headers ?? { authorization: `Bearer ${token}` };
  return client.authenticateRequest(new Request(`${APP_URL}/api`, { headers }), {
    authorizedParties: [APP_URL],
  });
}

test.each([true, false])(
  'a Bearer session token signs its user in (jwtKey given: %s)',
  async (withJwtKey) => {
    const token = await clerk.mintSessionToken({ user: 'ada@example.com', org: 'acme' });
    const state = await authenticate(token, { withJwtKey });
    expect(state.toAuth()).toMatchObject({
      isAuthenticated: true,
      userId: clerk.users[0]?.id,
      orgSlug: 'acme',
      orgRole: 'org:admin',
      orgPermissions: [
        'org:invoices:read',
        'org:invoices:create',
        'org:invoices:delete',
        'org:members:read',
        'org:members:manage',
      ],
      sessionStatus: 'active',
      factorVerificationAge: [0, -1],
    });
  },
);

test('with the public key at hand, verification asks the Backend API for nothing', async () => {
  clerk.control.clear();
  await authenticate(await clerk.mintSessionToken({ user: 'grace@example.com' }));
  expect(clerk.control.total()).toBe(0);
});

test('has() answers by role, permission, feature and plan of the active organization', async () => {
  const token = await clerk.mintSessionToken({ user: 'grace@example.com', org: 'acme' });
  const auth = (await authenticate(token)).toAuth();
  if (auth?.tokenType !== 'session_token') throw new Error('not signed in');
  expect(auth.has({ role: 'org:member' })).toBe(true);
  expect(auth.has({ role: 'org:admin' })).toBe(false);
  expect(auth.has({ permission: 'org:invoices:read' })).toBe(true);
  expect(auth.has({ permission: 'org:invoices:create' })).toBe(false);
  expect(auth.has({ feature: 'reports' })).toBe(true);
  expect(auth.has({ plan: 'team' })).toBe(true);
  expect(auth.has({ plan: 'user:free' })).toBe(true);
});

test('a token for the personal account names no organization', async () => {
  const auth = (await authenticate(await clerk.mintSessionToken({ user: 'ada@example.com' }))).toAuth();
  expect(auth).toMatchObject({ isAuthenticated: true, orgId: undefined, orgRole: undefined });
});

test('a session cookie signs in together with __client_uat', async () => {
  const token = await clerk.mintSessionToken({ user: 'alan@example.com' });
  const uat = Math.floor(Date.now() / 1000);
  const state = await authenticate(token, {
    headers: { cookie: `__session=${token}; __client_uat=${uat}`, host: 'localhost:3000' },
  });
  expect(state.isAuthenticated).toBe(true);
});

test.each([
  ['expired', { ttl: -30 }, expect.stringContaining('token-expired')],
  [
    'for another application',
    { claims: { azp: 'http://localhost:9999' } },
    'token-invalid-authorized-parties',
  ],
  ['without azp', { claims: { azp: undefined } }, 'token-invalid-authorized-parties'],
])('a session token %s is refused', async (_, options, reason) => {
  const token = await clerk.mintSessionToken({ user: 'ada@example.com', ...options });
  await expect(authenticate(token)).resolves.toMatchObject({ isAuthenticated: false, reason });
});

test('an expired token was issued before it expired', async () => {
  const token = await clerk.mintSessionToken({ user: 'ada@example.com', ttl: -30 });
  const { iat = 0, nbf = 0, exp = 0 } = decodeJwt(token);
  expect(exp - iat).toBe(60);
  expect(nbf).toBeLessThan(iat);
});

test("another instance's token is refused", async () => {
  const other = await startLocalClerk({
    port: 0,
    appUrl: APP_URL,
    templateSecret: TEMPLATE_SECRET,
    keys: await generateInstanceKeys(),
  });
  const token = await other.mintSessionToken({ user: 'ada@example.com' });
  await other.close();
  await expect(authenticate(token)).resolves.toMatchObject({ reason: 'token-invalid-signature' });
});

test('a pending session and an impersonated one say so', async () => {
  const pending = await clerk.mintSessionToken({ user: 'alan@example.com', pending: true });
  expect(decodeJwt(pending)).toMatchObject({ sts: 'pending' });
  const actor = { sub: clerk.users[0]?.id };
  const impersonated = await clerk.mintSessionToken({ user: 'alan@example.com', actor });
  expect((await authenticate(impersonated)).toAuth()).toMatchObject({ actor });
});

test('the supabase template is signed with its secret and names no session', async () => {
  const token = await clerk.mintSessionToken({ user: 'ada@example.com', org: 'acme', template: 'supabase' });
  const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(TEMPLATE_SECRET), {
    algorithms: ['HS256'],
    audience: 'authenticated',
    issuer: clerk.issuer,
  });
  expect(protectedHeader).toMatchObject({ cat: 'cl_B7d4PD222AAA' });
  expect(payload).toMatchObject({ role: 'authenticated', email: 'ada@example.com', org_role: 'org:admin' });
  expect(payload).not.toHaveProperty('sid');
});

test('a token of the rs256 template carries a true signature and still is no session', async () => {
  const token = await clerk.mintSessionToken({ user: 'ada@example.com', template: 'rs256' });
  await expect(verifyToken(token, { jwtKey: clerk.jwtKey })).resolves.toMatchObject({
    email: 'ada@example.com',
  });
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', cat: 'cl_B7d4PD222AAA' });
  await expect(authenticate(token)).resolves.toMatchObject({ isAuthenticated: false });
});

test('sign() signs any claims under any header', async () => {
  const token = await clerk.sign({ sub: 'user_nobody', role: 'postgres' }, { typ: 'at+jwt' });
  expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'RS256' });
  expect(decodeJwt(token)).toEqual({ sub: 'user_nobody', role: 'postgres' });
});

test('a token for a stranger, a foreign organization or an unknown template is refused to the caller', async () => {
  for (const options of [
    { user: 'nobody@example.com' },
    { user: 'alan@example.com', org: 'acme' },
    { user: 'alan@example.com', template: 'hasura' },
    { user: 'alan@example.com', session: 'sess_unknown' },
  ])
    await expect(clerk.mintSessionToken(options)).rejects.toMatchObject({ status: 404 });
});

test('permissions beyond the 53rd survive the bitmask', async () => {
  const [organization] = clerk.state.state.organizations;
  const [membership] = clerk.state.state.memberships;
  if (organization === undefined || membership === undefined) throw new Error('the seed has an organization');
  const permissions = Array.from({ length: 70 }, (_, index) => `org:invoices:action_${index}`);
  const many = {
    ...membership,
    permissions: [...permissions, 'org:reports:action_69', 'org:unplanned:read'],
  };
  const { fea, o } = organizationClaims(organization, many);
  const token = await clerk.mintSessionToken({ user: 'ada@example.com', claims: { fea: fea.join(','), o } });
  const auth = (await authenticate(token)).toAuth();
  expect(auth).toMatchObject({ orgPermissions: [...permissions, 'org:reports:action_69'] });
});
