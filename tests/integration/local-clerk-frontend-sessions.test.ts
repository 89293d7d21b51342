import { createClerkClient } from '@clerk/backend';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LocalClerk, type SeedUser, startLocalClerk } from '../../dev/clerk';
import { Browser } from '../harness/clerk-browser';

const APP_URL = 'http://localhost:3000';

let clerk: LocalClerk;
let backend: ReturnType<typeof createClerkClient>;
let browser: Browser;

beforeAll(async () => {
  clerk = await startLocalClerk({ port: 0, appUrl: APP_URL, templateSecret: 'template-secret' });
  backend = createClerkClient({ apiUrl: clerk.url, secretKey: clerk.secretKey });
});
beforeEach(() => {
  browser = newBrowser();
});
afterEach(() => clerk.control.reset());
afterAll(() => clerk.close());

function newBrowser(): Browser {
  return new Browser({ frontendApi: `${clerk.url}/fapi`, origin: APP_URL });
}

function seedUser(firstName: string): SeedUser {
  const user = clerk.users.find((candidate) => candidate.firstName === firstName);
  if (user === undefined) throw new Error(`${firstName} is not in the seed`);
  return user;
}

const acmeId = () => clerk.state.state.organizations[0]?.id ?? '';

async function tokenOf(session: string, form: Record<string, string> = {}) {
  return decodeJwt((await browser.post(`/v1/client/sessions/${session}/tokens`, form)).jwt);
}

test('an email address that nobody has is refused at the identifier', async () => {
  const answer = await browser.post('/v1/client/sign_ins', { identifier: 'nobody@example.com' });
  expect(answer).toMatchObject({
    status: 422,
    body: {
      errors: [
        {
          code: 'form_identifier_not_found',
          long_message: "Couldn't find your account.",
          meta: { param_name: 'identifier' },
        },
      ],
    },
  });
});

test('a user is found by nothing but the email address', async () => {
  const { id, username } = seedUser('Ada');
  for (const identifier of [id, username])
    await expect(browser.post('/v1/client/sign_ins', { identifier })).resolves.toMatchObject({
      code: 'form_identifier_not_found',
    });
});

test('a wrong password is refused, and the right one then signs in', async () => {
  const { email, password } = seedUser('Ada');
  const signIn = await browser.post('/v1/client/sign_ins', { identifier: ` ${email.toUpperCase()}` });
  expect(signIn).toMatchObject({
    status: 200,
    body: {
      response: { status: 'needs_first_factor', supported_first_factors: [{ strategy: 'password' }] },
      client: { sessions: [], sign_in: { id: signIn.id } },
    },
  });
  const attempt = (word: string) =>
    browser.post(`/v1/client/sign_ins/${signIn.id}/attempt_first_factor`, {
      strategy: 'password',
      password: word,
    });
  await expect(attempt('wrong')).resolves.toMatchObject({
    status: 422,
    body: { errors: [{ code: 'form_password_incorrect', meta: { param_name: 'password' } }] },
  });
  await expect(attempt(password)).resolves.toMatchObject({
    status: 200,
    body: {
      response: { status: 'complete', created_session_id: expect.stringMatching(/^sess_/) },
      client: { sign_in: null, sessions: [{ status: 'active', user: { first_name: 'Ada' } }] },
    },
  });
  await expect(attempt(password)).resolves.toMatchObject({ status: 400, code: 'session_exists' });
});

test('nobody goes on with a sign-in of another browser', async () => {
  const { email, password } = seedUser('Ada');
  const { id } = await browser.post('/v1/client/sign_ins', { identifier: email });
  const other = newBrowser();
  await other.post('/v1/client/sign_ins', { identifier: email });
  await expect(
    other.post(`/v1/client/sign_ins/${id}/attempt_first_factor`, { strategy: 'password', password }),
  ).resolves.toMatchObject({ status: 404 });
});

test('a sign-in token signs in once, and neither when revoked nor when made up', async () => {
  const { id: userId } = seedUser('Grace');
  const create = () => backend.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 });
  const use = (ticket: string) => newBrowser().post('/v1/client/sign_ins', { strategy: 'ticket', ticket });
  const { token } = await create();
  await expect(use(token)).resolves.toMatchObject({
    status: 200,
    body: { response: { status: 'complete' }, client: { sessions: [{ user: { id: userId } }] } },
  });
  await expect(use(token)).resolves.toMatchObject({ status: 400, code: 'sign_in_token_already_used_code' });
  const revoked = await create();
  await backend.signInTokens.revokeSignInToken(revoked.id);
  await expect(use(revoked.token)).resolves.toMatchObject({ code: 'sign_in_token_revoked_code' });
  await expect(use('made-up')).resolves.toMatchObject({ code: 'ticket_invalid_code' });
});

test('the client cookie is out of reach of scripts, new at sign-in, and no id', async () => {
  const { email, password } = seedUser('Ada');
  const first = await browser.post('/v1/client/sign_ins', { identifier: email });
  expect(first.headers.getSetCookie()).toContainEqual(
    expect.stringMatching(/^__client=[A-Za-z0-9]{43}; Path=\/; SameSite=Lax; HttpOnly; Max-Age=\d+$/),
  );
  const planted = newBrowser();
  for (const [name, value] of browser.cookies) planted.cookies.set(name, value);
  await browser.signIn({ email, password });
  await expect(planted.get('/v1/client')).resolves.toMatchObject({ body: { client: null } });
  expect(JSON.stringify((await browser.get('/v1/client')).body)).not.toContain(
    browser.cookies.get('__client'),
  );
});

test('an organization is switched to by its members only, and back to the personal account', async () => {
  const session = await browser.signIn(seedUser('Ada'));
  const touch = (active_organization_id: string) =>
    browser.post(`/v1/client/sessions/${session}/touch`, { active_organization_id });
  const before = browser.cookies.get('__client_uat');
  await expect(touch(acmeId())).resolves.toMatchObject({
    body: { response: { last_active_organization_id: acmeId() } },
  });
  await expect(tokenOf(session)).resolves.toMatchObject({ o: { slg: 'acme', rol: 'admin' } });
  await expect(tokenOf(session, { organization_id: '' })).resolves.not.toHaveProperty('o');
  await touch('');
  await expect(tokenOf(session)).resolves.not.toHaveProperty('o');
  expect(browser.cookies.get('__client_uat')).toBe(before);

  browser = newBrowser();
  const alans = await browser.signIn(seedUser('Alan'));
  await expect(
    browser.post(`/v1/client/sessions/${alans}/touch`, { active_organization_id: acmeId() }),
  ).resolves.toMatchObject({ status: 404 });
  await expect(browser.get(`/v1/organizations/${acmeId()}/memberships`)).resolves.toMatchObject({
    status: 404,
  });
});

test('tokens name session, user and origin, and templates give theirs', async () => {
  const { id, ...ada } = seedUser('Ada');
  const session = await browser.signIn(ada);
  await expect(tokenOf(session)).resolves.toMatchObject({ sid: session, sub: id, azp: APP_URL });
  const template = await browser.post(`/v1/client/sessions/${session}/tokens/supabase`);
  expect(template).toMatchObject({ status: 200, body: { object: 'token', jwt: expect.any(String) } });
  await expect(browser.post(`/v1/client/sessions/${session}/tokens/none`)).resolves.toMatchObject({
    status: 404,
  });
});

test('after its session is revoked a browser gets no token and is signed out', async () => {
  const session = await browser.signIn(seedUser('Ada'));
  expect(Number(browser.cookies.get('__client_uat'))).toBeGreaterThan(0);
  await backend.sessions.revokeSession(session);
  await expect(browser.post(`/v1/client/sessions/${session}/tokens`)).resolves.toMatchObject({
    status: 401,
    code: 'authentication_invalid',
  });
  await expect(browser.get('/v1/client')).resolves.toMatchObject({ body: { response: { sessions: [] } } });
  await expect(browser.get('/v1/me')).resolves.toMatchObject({ status: 401 });
  expect(browser.cookies.get('__client_uat')).toBe('0');
});

test("another browser's session answers as one that does not exist", async () => {
  const session = await browser.signIn(seedUser('Ada'));
  const other = newBrowser();
  await other.signIn(seedUser('Grace'));
  for (const path of ['tokens', 'touch', 'end', 'remove']) {
    const foreign = await other.post(`/v1/client/sessions/${session}/${path}`);
    const absent = await other.post(`/v1/client/sessions/sess_none/${path}`);
    expect([foreign.status, foreign.code]).toEqual([401, 'authentication_invalid']);
    expect([absent.status, absent.code]).toEqual([401, 'authentication_invalid']);
  }
  await expect(other.get(`/v1/me?_clerk_session_id=${session}`)).resolves.toMatchObject({ status: 401 });
  await expect(tokenOf(session)).resolves.toMatchObject({ sid: session });
});

test('signing out ends the session, clears the cookies and leaves other browsers alone', async () => {
  const ada = seedUser('Ada');
  const session = await browser.signIn(ada);
  const other = newBrowser();
  await other.signIn(ada);
  await expect(browser.post('/v1/client/sessions', {}, 'DELETE')).resolves.toMatchObject({
    status: 200,
    body: { response: { sessions: [] }, client: { sessions: [], last_active_session_id: null } },
  });
  expect(browser.cookies.get('__client_uat')).toBe('0');
  await expect(backend.sessions.getSession(session)).resolves.toMatchObject({ status: 'removed' });
  await expect(other.get('/v1/me')).resolves.toMatchObject({ status: 200 });
});
