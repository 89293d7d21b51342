import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LocalClerk, startLocalClerk } from '../../dev/clerk';
import { Browser } from '../harness/clerk-browser';

const APP_URL = 'http://localhost:3000';
const ADA = { email: 'ada@example.com', password: 'Analytical-Engine-1843' };

let clerk: LocalClerk;

beforeAll(async () => {
  clerk = await startLocalClerk({
    port: 0,
    appUrl: APP_URL,
    templateSecret: 'template-secret',
    rateLimit: { requests: 2, windowMs: 60_000 },
  });
});
afterEach(() => clerk.control.reset());
afterAll(() => clerk.close());

function newBrowser(origin = APP_URL): Browser {
  return new Browser({ frontendApi: `${clerk.url}/fapi`, origin });
}

/** A request line as it is: fetch would tidy the path up before it sends it. */
function rawGet(path: string): Promise<string> {
  const { hostname, port } = new URL(clerk.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    socket
      .on('data', (chunk) => {
        text += chunk;
      })
      .on('error', reject)
      .on('close', () => resolve(text));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`);
  });
}

test.each([
  'clerk-js@6/dist/clerk.browser.js',
  'clerk-js@6.40.0/dist/clerk.browser.js',
  'ui@1/dist/ui.browser.js',
])('a browser bundle is served from node_modules: %s', async (file) => {
  const url = `${clerk.url}/fapi/npm/@clerk/${file}`;
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await response.text()).length).toBeGreaterThan(10_000);
  const etag = response.headers.get('etag') ?? '';
  expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test.each([
  'clerk-js@6/dist/../package.json',
  'clerk-js@6/dist/..%2fpackage.json',
  'clerk-js@6/dist/%2e%2e%2fpackage.json',
  'clerk-js@6/dist/..%5cpackage.json',
  'clerk-js@6/dist/%2e%2e/%2e%2e/ui/package.json',
  'clerk-js@..%2f..%2f/dist/clerk.browser.js',
  'clerk-js@6/dist/types%2findex.d.ts',
  'clerk-js@6/dist/.js',
  'clerk-js@6/dist/none.js',
  'backend@3/dist/index.js',
])('nothing but a bundle comes out of node_modules: %s', async (file) => {
  expect(await rawGet(`/fapi/npm/@clerk/${file}`)).toMatch(/^HTTP\/1\.1 (404|501) /);
});

test('the environment has organizations, names and passwords, and nothing that needs another service', async () => {
  const { body } = await newBrowser().get('/v1/environment');
  expect(body).toMatchObject({
    display_config: { application_name: 'Gatehouse', show_devmode_warning: false, captcha_public_key: null },
    organization_settings: { enabled: true },
    user_settings: {
      social: {},
      attributes: {
        password: { enabled: true },
        first_name: { enabled: true },
        last_name: { enabled: true },
      },
      sign_up: { captcha_enabled: false },
    },
    commerce_settings: { billing: { user: { enabled: false }, organization: { enabled: false } } },
  });
  expect(JSON.stringify(body)).not.toMatch(/https:/);
});

test('an anonymous browser has no client, and looking gives it no cookie', async () => {
  const answer = await newBrowser().get('/v1/client');
  expect(answer).toMatchObject({ status: 200, body: { response: null, client: null } });
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('an endpoint that does not exist is answered with 501 and named with the method it is meant for', async () => {
  const answer = await newBrowser().post('/v1/me/passkeys', {}, 'PATCH');
  expect(answer).toMatchObject({ status: 501, code: 'local_clerk_not_implemented' });
  expect(JSON.stringify(answer.body)).toContain('PATCH /fapi/v1/me/passkeys');
});

test('a GET stays one whatever method its query names', async () => {
  const browser = newBrowser();
  await browser.signIn(ADA);
  await expect(browser.get('/v1/client/sessions?_method=DELETE')).resolves.toMatchObject({ status: 501 });
  await expect(browser.get('/v1/me')).resolves.toMatchObject({ status: 200 });
});

test.each(['https://evil.example', 'http://localhost:3001', 'null'])(
  "a change that another origin's page asks for is refused: %s",
  async (origin) => {
    const browser = newBrowser();
    await browser.signIn(ADA);
    const forged = newBrowser(origin);
    for (const [name, value] of browser.cookies) forged.cookies.set(name, value);
    await expect(forged.post('/v1/client/sessions', {}, 'DELETE')).resolves.toMatchObject({
      status: 400,
      code: 'origin_invalid',
    });
    const unnamed = await fetch(`${clerk.url}/fapi/v1/client/sessions?_method=DELETE`, {
      method: 'POST',
      headers: { cookie: browser.cookieHeader() },
    });
    expect(unnamed.status).toBe(400);
    await expect(browser.get('/v1/me')).resolves.toMatchObject({ status: 200 });
  },
);

test('answers are never stored and allow no other origin to read them', async () => {
  const { headers } = await newBrowser().get('/v1/client');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('the limit of the Backend API does not count browsers', async () => {
  for (let call = 0; call < 4; call += 1)
    await expect(newBrowser().get('/v1/client')).resolves.toMatchObject({ status: 200 });
});

test('a fault reaches the browser, and a reset signs every browser out', async () => {
  const browser = newBrowser();
  await browser.signIn(ADA);
  clerk.control.inject({ endpoint: 'GET /fapi/v1/me', fault: { kind: 'status', status: 503, body: '{}' } });
  await expect(browser.get('/v1/me')).resolves.toMatchObject({ status: 503 });
  await expect(browser.get('/v1/me')).resolves.toMatchObject({ status: 200 });
  await clerk.control.reset();
  await expect(browser.get('/v1/me')).resolves.toMatchObject({ status: 401 });
  await expect(browser.get('/v1/client')).resolves.toMatchObject({ body: { client: null } });
});

test('a browser stays signed in over a restart that keeps the state', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'local-clerk-'));
  const options = {
    port: 0,
    appUrl: APP_URL,
    templateSecret: 'template-secret',
    stateFile: join(directory, 'state.json'),
  };
  const first = await startLocalClerk(options);
  const before = new Browser({ frontendApi: `${first.url}/fapi`, origin: APP_URL });
  await before.signIn(ADA);
  await first.close();
  const second = await startLocalClerk(options);
  const after = new Browser({ frontendApi: `${second.url}/fapi`, origin: APP_URL });
  for (const [name, value] of before.cookies) after.cookies.set(name, value);
  await expect(after.get('/v1/me')).resolves.toMatchObject({ body: { response: { first_name: 'Ada' } } });
  await second.close();
  await rm(directory, { recursive: true });
});
