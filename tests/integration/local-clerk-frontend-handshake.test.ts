import { createClerkClient } from '@clerk/backend';
import { clerkFrontendApiProxy } from '@clerk/backend/proxy';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LocalClerk, startLocalClerk } from '../../dev/clerk';
import { COOKIE_SUFFIX } from '../../dev/clerk/cookies';
import { Browser } from '../harness/clerk-browser';

const APP_URL = 'http://localhost:3000';
const PROXY_URL = `${APP_URL}/__clerk`;
const ADA = { email: 'ada@example.com', password: 'Analytical-Engine-1843' };
const MOST_REDIRECTS = 3;

let clerk: LocalClerk;
let backend: ReturnType<typeof createClerkClient>;
let browser: Browser;
let session: string;

beforeAll(async () => {
  clerk = await startLocalClerk({ port: 0, appUrl: APP_URL, templateSecret: 'template-secret' });
  const { url: apiUrl, secretKey, publishableKey, jwtKey } = clerk;
  backend = createClerkClient({ apiUrl, secretKey, publishableKey, jwtKey });
});
beforeEach(async () => {
  browser = newBrowser();
  session = await browser.signIn(ADA);
  await putSession(60);
});
afterEach(() => clerk.control.reset());
afterAll(() => clerk.close());

/** A browser whose calls go to the application's origin, and from there through Clerk's own proxy. */
function newBrowser(): Browser {
  return new Browser({
    frontendApi: PROXY_URL,
    origin: APP_URL,
    fetch: (request) =>
      clerkFrontendApiProxy(request, {
        publishableKey: clerk.publishableKey,
        secretKey: clerk.secretKey,
        fapiUrl: `${clerk.url}/fapi`,
      }),
  });
}

/** What clerk-js does with every token it gets. @param ttl seconds; negative for one that has expired. */
async function putSession(ttl: number): Promise<void> {
  const token = await clerk.mintSessionToken({ user: ADA.email, session, ttl });
  for (const name of ['__session', `__session_${COOKIE_SUFFIX}`]) browser.cookies.set(name, token);
}

function drop(pattern: RegExp): void {
  for (const name of browser.cookies.keys()) if (pattern.test(name)) browser.cookies.delete(name);
}

function setClientUat(seconds: number): void {
  for (const name of ['__client_uat', `__client_uat_${COOKIE_SUFFIX}`])
    browser.cookies.set(name, String(seconds));
}

/** Opens a page as a browser does: the SDK decides, and its redirects are followed. */
async function visit(page = `${APP_URL}/tasks?filter=open&page=2`) {
  let redirects = 0;
  for (;;) {
    const request = new Request(page, {
      headers: { accept: 'text/html', 'sec-fetch-dest': 'document', cookie: browser.cookieHeader() },
    });
    const state = await backend.authenticateRequest(request, { proxyUrl: PROXY_URL });
    browser.keep(state.headers);
    if (state.status !== 'handshake')
      return { status: state.status, sessionId: state.toAuth().sessionId, redirects };
    redirects += 1;
    if (redirects > MOST_REDIRECTS) throw new Error('The page redirects in circles');
    const handshake = await browser.send(state.headers.get('location') ?? '');
    expect([handshake.status, handshake.headers.get('location')]).toEqual([307, page]);
  }
}

test.each([
  ['has expired', () => putSession(-30)],
  ['is missing', () => drop(/^__session/)],
  ['is older than the client', () => setClientUat(2_000_000_000)],
])('a page gets a fresh session after one redirect when the session cookie %s', async (_, spoil) => {
  await spoil();
  await expect(visit()).resolves.toEqual({ status: 'signed-in', sessionId: session, redirects: 1 });
  await expect(visit()).resolves.toMatchObject({ status: 'signed-in', redirects: 0 });
  expect(browser.cookies.has('__clerk_handshake')).toBe(false);
});

test.each([
  ['both', /^__client_uat/],
  ['the plain ones', /^__(client_uat|session)$/],
  ['the ones with a suffix', new RegExp(`_${COOKIE_SUFFIX}$`)],
])('a page stays signed in when cookies got lost: %s', async (_, lost) => {
  drop(lost);
  await expect(visit()).resolves.toMatchObject({ status: 'signed-in', sessionId: session });
  await expect(visit()).resolves.toMatchObject({ status: 'signed-in', redirects: 0 });
});

test('a page that is signed in or anonymous is not redirected at all', async () => {
  await expect(visit()).resolves.toMatchObject({ status: 'signed-in', redirects: 0 });
  browser.cookies.clear();
  await expect(visit()).resolves.toEqual({ status: 'signed-out', sessionId: null, redirects: 0 });
});

test('a switch of organizations redirects no page, and a handshake keeps the organization', async () => {
  const organizationId = clerk.state.state.organizations[0]?.id ?? '';
  const touched = await browser.post(`/v1/client/sessions/${session}/touch`, {
    active_organization_id: organizationId,
  });
  expect(touched.status).toBe(200);
  await expect(visit()).resolves.toMatchObject({ redirects: 0 });
  await putSession(-30);
  await expect(visit()).resolves.toMatchObject({ redirects: 1 });
  const state = await backend.authenticateRequest(
    new Request(APP_URL, { headers: { cookie: browser.cookieHeader() } }),
  );
  expect(state.toAuth()).toMatchObject({ orgId: organizationId, orgRole: 'org:admin' });
});

test.each([
  ['its session was revoked', () => backend.sessions.revokeSession(session)],
  ['its client cookie got lost', () => drop(/^__client$/)],
  ['its client cookie was made up', () => browser.cookies.set('__client', 'made-up')],
  ['the local Clerk was reset', () => clerk.control.reset()],
])('a browser is signed out with every cookie cleared when %s', async (_, end) => {
  await end();
  await putExpired();
  await expect(visit()).resolves.toEqual({ status: 'signed-out', sessionId: null, redirects: 1 });
  expect([...browser.cookies.keys()].filter((name) => name.startsWith('__session'))).toEqual([]);
  expect(browser.cookies.get('__client_uat')).toBe('0');
  expect(browser.cookies.get(`__client_uat_${COOKIE_SUFFIX}`)).toBe('0');
  await expect(visit()).resolves.toMatchObject({ status: 'signed-out', redirects: 0 });
});

/** An expired token of a session that need not exist any more. */
async function putExpired(): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const token = await clerk.sign(
    {
      sid: session,
      sub: 'user_x',
      iss: clerk.issuer,
      iat: now - 90,
      nbf: now - 90,
      exp: now - 30,
      azp: APP_URL,
    },
    { cat: 'cl_B7d4PD111AAA' },
  );
  for (const name of ['__session', `__session_${COOKIE_SUFFIX}`]) browser.cookies.set(name, token);
}

test('a session that is revoked lives on in its current token only', async () => {
  await backend.sessions.revokeSession(session);
  await expect(visit()).resolves.toMatchObject({ status: 'signed-in', redirects: 0 });
  await putSession(-30);
  await expect(visit()).resolves.toMatchObject({ status: 'signed-out' });
});

test.each([
  'https://evil.example/',
  'http://localhost:3001/',
  'http://localhost:3000.evil.example/',
  'http://localhost:3000@evil.example/',
  '//evil.example/',
  '/\\evil.example',
  'javascript:alert(1)',
  '',
])('a handshake leads nowhere but back to the application: %s', async (url) => {
  const response = await browser.send(
    `${PROXY_URL}/v1/client/handshake?redirect_url=${encodeURIComponent(url)}`,
  );
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
  expect(response.headers.getSetCookie().join()).not.toContain('__clerk_handshake');
});

test('the result of a handshake is out of reach of scripts, soon gone, and no larger than a browser takes', async () => {
  const active_organization_id = clerk.state.state.organizations[0]?.id ?? '';
  await browser.post(`/v1/client/sessions/${session}/touch`, { active_organization_id });
  const response = await browser.send(
    `${PROXY_URL}/v1/client/handshake?redirect_url=${encodeURIComponent(APP_URL)}`,
  );
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^__clerk_handshake=[\w.-]+; Path=\/; SameSite=Lax; HttpOnly; Max-Age=60$/);
  expect(cookie.length).toBeLessThan(4096);
  expect(response.headers.get('cache-control')).toBe('no-store');
});
