import { decodeJwt } from 'jose';
import type { BrowserContext } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { TOKEN_LIFETIME } from './harness/application';
import { resetClerk, signInByTicket } from './harness/people';
import { startBrowser, visit } from './harness/visit';

startBrowser();
beforeEach(resetClerk);

/** Forgets the cookies whose names match. */
async function lose(context: BrowserContext, name: RegExp): Promise<void> {
  await context.clearCookies({ name });
}

test.each([
  ['the session cookies', /^__session/],
  ['the client cookies that scripts can read', /^__client_uat/],
  ['the unsuffixed cookies', /^(__session|__client_uat)$/],
  ['the suffixed cookies', /^(__session|__client_uat)_/],
])('a page load without %s recovers, and does not loop', async (_what, name) => {
  await visit(async ({ page, context }) => {
    await signInByTicket(page, 'ada');
    await lose(context, name);
    let documents = 0;
    page.on('request', (request) => {
      if (request.resourceType() === 'document') documents += 1;
    });
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Open user menu' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/profile');
    expect(documents).toBeLessThanOrEqual(4);
  });
});

test('a page load with an expired token recovers, and does not loop', async () => {
  await visit(async ({ page, context }) => {
    await signInByTicket(page, 'ada');
    const session = (await context.cookies()).filter(({ name }) => name.startsWith('__session'));
    // With the page gone nothing renews the token.
    await page.goto('about:blank');
    await expired(session[0]?.value ?? '');
    let documents = 0;
    page.on('request', (request) => {
      if (request.resourceType() === 'document') documents += 1;
    });
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Open user menu' }).waitFor();
    expect(documents).toBeLessThanOrEqual(4);
  });
});

test('a tab that was asleep until its token had expired runs its next query without an error', async () => {
  await visit(async ({ page, context }) => {
    await signInByTicket(page, 'ada', '/graphiql');
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await page.locator('.graphiql-tab-button', { hasText: 'FromToken' }).click();
    await page.locator('.graphiql-query-editor', { hasText: /\bFromToken\b/ }).waitFor();
    const devtools = await context.newCDPSession(page);
    const [session] = (await context.cookies()).filter(({ name }) => name.startsWith('__session'));
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await expired(session?.value ?? '');
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/graphql'));
    await page.getByRole('button', { name: /Execute query/ }).click();
    const response = await answer;
    expect(response.status()).toBe(200);
    expect(await response.json()).toMatchObject({ data: { viewer: { id: expect.any(String) } } });
  });
});

test('an expired cookie on a POST is TOKEN_EXPIRED, neither a redirect nor anonymous', async () => {
  await visit(async ({ page, context }) => {
    await signInByTicket(page, 'ada');
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    await page.goto('about:blank');
    await expired(/__session=([^;]+)/.exec(cookies)?.[1] ?? '');
    const response = await context.request.post('/api/graphql', {
      headers: { cookie: cookies },
      data: { query: '{ __typename }' },
      maxRedirects: 0,
    });
    expect(response.status()).toBe(401);
    expect((await response.json()).errors[0].extensions.code).toBe('TOKEN_EXPIRED');
  });
});

/** Waits until a token is no longer accepted: its time, and the 5 s that Clerk's SDK allows for clocks that differ. */
async function expired(token: string): Promise<void> {
  const { exp = 0 } = decodeJwt(token);
  const left = exp * 1000 + 6_000 - Date.now();
  expect(left).toBeLessThanOrEqual((TOKEN_LIFETIME + 7) * 1000);
  await new Promise((resolve) => setTimeout(resolve, Math.max(left, 0)));
}
