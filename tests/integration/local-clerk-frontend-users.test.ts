import { createClerkClient } from '@clerk/backend';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LocalClerk, startLocalClerk } from '../../dev/clerk';
import { Browser } from '../harness/clerk-browser';

const APP_URL = 'http://localhost:3000';
const ADA = { email: 'ada@example.com', password: 'Analytical-Engine-1843' };
const EDSGER = {
  email_address: 'Edsger@example.com',
  password: 'go-to-considered',
  first_name: 'Edsger',
  last_name: 'Dijkstra',
};

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

function verify(signUpId: string, code: string) {
  return browser.post(`/v1/client/sign_ups/${signUpId}/attempt_verification`, {
    strategy: 'email_code',
    code,
  });
}

function prepare(signUpId: string) {
  return browser.post(`/v1/client/sign_ups/${signUpId}/prepare_verification`, { strategy: 'email_code' });
}

test('a sign-up leads to a user and a session once its code is right', async () => {
  const changes: string[] = [];
  clerk.state.onChange((_, change) => changes.push(change?.type ?? 'reset'));
  const signUp = await browser.post('/v1/client/sign_ups', EDSGER);
  expect(signUp).toMatchObject({
    status: 200,
    body: {
      response: {
        status: 'missing_requirements',
        missing_fields: [],
        unverified_fields: ['email_address'],
        verifications: { email_address: { strategy: null, next_action: 'needs_prepare' } },
      },
    },
  });
  await expect(verify(signUp.id, '424242')).resolves.toMatchObject({ code: 'form_code_incorrect' });
  await expect(prepare(signUp.id)).resolves.toMatchObject({
    body: { response: { verifications: { email_address: { strategy: 'email_code' } } } },
  });
  await expect(verify(signUp.id, '111111')).resolves.toMatchObject({
    status: 422,
    body: { errors: [{ code: 'form_code_incorrect', meta: { param_name: 'code' } }] },
  });
  await expect(verify(signUp.id, '424242')).resolves.toMatchObject({
    status: 200,
    body: {
      response: { status: 'complete', created_user_id: expect.stringMatching(/^user_/) },
      client: { sign_up: null, sessions: [{ user: { first_name: 'Edsger', last_name: 'Dijkstra' } }] },
    },
  });
  expect(changes.filter((type) => !type.startsWith('client.'))).toEqual(['user.created', 'session.created']);
  await newBrowser().signIn({ email: 'edsger@example.com', password: EDSGER.password });
});

test.each([
  ['an email address taken', { email_address: 'ADA@example.com' }, 'form_identifier_exists', 'email_address'],
  ['no email address', { email_address: 'ada' }, 'form_param_format_invalid', 'email_address'],
  ['a short password', { password: 'short' }, 'form_password_length_too_short', 'password'],
])('a sign-up that does not fit is refused with its field: %s', async (_, change, code, param_name) => {
  await expect(browser.post('/v1/client/sign_ups', { ...EDSGER, ...change })).resolves.toMatchObject({
    status: 422,
    body: { errors: [{ code, meta: { param_name } }] },
  });
});

test('a sign-up can be filled in steps, says what it lacks, and a new address needs a new code', async () => {
  const { id, body } = await browser.post('/v1/client/sign_ups', { email_address: 'e@example.com' });
  expect(body).toMatchObject({ response: { missing_fields: ['password', 'first_name', 'last_name'] } });
  await prepare(id);
  await expect(verify(id, '424242')).resolves.toMatchObject({ code: 'form_param_missing' });
  await expect(browser.post(`/v1/client/sign_ups/${id}`, EDSGER, 'PATCH')).resolves.toMatchObject({
    body: { response: { missing_fields: [], verifications: { email_address: { strategy: null } } } },
  });
  await expect(
    newBrowser().post(`/v1/client/sign_ups/${id}`, { first_name: 'Mallory' }, 'PATCH'),
  ).resolves.toMatchObject({ status: 404 });
});

test('of two sign-ups with one email address the second is refused at its end', async () => {
  const first = await browser.post('/v1/client/sign_ups', EDSGER);
  await prepare(first.id);
  const other = newBrowser();
  const second = await other.post('/v1/client/sign_ups', EDSGER);
  await other.post(`/v1/client/sign_ups/${second.id}/prepare_verification`, { strategy: 'email_code' });
  await expect(verify(first.id, '424242')).resolves.toMatchObject({ status: 200 });
  await expect(
    other.post(`/v1/client/sign_ups/${second.id}/attempt_verification`, {
      strategy: 'email_code',
      code: '424242',
    }),
  ).resolves.toMatchObject({ code: 'form_identifier_exists' });
});

test('a user changes their names, which an empty one clears and an omitted one leaves', async () => {
  await browser.signIn(ADA);
  await expect(browser.post('/v1/me', { first_name: ' Augusta ' }, 'PATCH')).resolves.toMatchObject({
    status: 200,
    body: {
      response: { first_name: 'Augusta', last_name: 'Lovelace' },
      client: { sessions: [{ user: { first_name: 'Augusta' } }] },
    },
  });
  const { body } = await browser.post('/v1/me', { last_name: '' }, 'PATCH');
  expect(body).toMatchObject({ response: { first_name: 'Augusta', last_name: null } });
  const { data } = await backend.users.getUserList({ emailAddress: [ADA.email] });
  expect(data).toMatchObject([{ firstName: 'Augusta', lastName: null }]);
});

test('a user sees their own organizations and unsafe metadata, and no private metadata', async () => {
  const { data } = await backend.users.getUserList({ emailAddress: [ADA.email] });
  const id = data[0]?.id ?? '';
  await backend.users.replaceUserMetadata(id, {
    privateMetadata: { secret: 'hidden' },
    unsafeMetadata: { theme: { colour: 'red', size: 1 }, old: 1 },
  });
  await browser.signIn(ADA);
  const unsafe_metadata = JSON.stringify({ theme: { colour: 'blue' }, old: null });
  const changed = await browser.post('/v1/me/metadata', { unsafe_metadata }, 'PATCH');
  expect(changed.body).toMatchObject({
    response: {
      unsafe_metadata: { theme: { colour: 'blue', size: 1 } },
      organization_memberships: [{ role: 'org:admin', organization: { slug: 'acme' } }],
    },
  });
  expect(JSON.stringify(changed.body)).not.toMatch(/private_metadata|hidden|passwordHash|password_hash/);
});

test('the password is changed with the current one only', async () => {
  await browser.signIn(ADA);
  const change = (current_password: string) =>
    browser.post('/v1/me/change_password', { current_password, new_password: 'Difference-Engine' });
  await expect(change('guess')).resolves.toMatchObject({ status: 422, code: 'form_password_incorrect' });
  await expect(change(ADA.password)).resolves.toMatchObject({ status: 200 });
  await newBrowser().signIn({ ...ADA, password: 'Difference-Engine' });
});

test('a user lists their devices and signs another one out', async () => {
  await browser.signIn(ADA);
  const other = newBrowser();
  const session = await other.signIn(ADA);
  const { body } = await browser.get('/v1/me/sessions/active');
  expect(body).toMatchObject([{ user: null, latest_activity: {} }, { id: session }]);
  await expect(browser.post(`/v1/me/sessions/${session}/revoke`)).resolves.toMatchObject({ status: 200 });
  await expect(other.get('/v1/me')).resolves.toMatchObject({ status: 401 });
  const graces = newBrowser();
  const hers = await graces.signIn({ email: 'grace@example.com', password: 'Nanosecond-Wire-30cm' });
  await expect(browser.post(`/v1/me/sessions/${hers}/revoke`)).resolves.toMatchObject({ status: 404 });
});

test('memberships, invitations and suggestions are listed with their total', async () => {
  await browser.signIn(ADA);
  await expect(
    browser.get('/v1/me/organization_memberships?paginated=true&limit=10&offset=0'),
  ).resolves.toMatchObject({
    body: { response: { total_count: 1, data: [{ role_name: 'Admin', organization: { name: 'Acme' } }] } },
  });
  for (const list of ['organization_invitations', 'organization_suggestions'])
    await expect(browser.get(`/v1/me/${list}`)).resolves.toMatchObject({
      body: { response: { total_count: 0, data: [] } },
    });
});
