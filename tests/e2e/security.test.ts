import { beforeEach, describe, expect, inject, test } from 'vitest';
import { resetClerk, signInByTicket, signOut } from './harness/people';
import { startBrowser, visit } from './harness/visit';

startBrowser();
beforeEach(resetClerk);

/** A request that is no browser's, and the answer itself rather than where it leads. */
const ask = (path: string, init?: RequestInit) =>
  fetch(`${inject('appUrl')}${path}`, { redirect: 'manual', ...init });

const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';
const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1];

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  'permissions-policy': expect.stringContaining('camera=()'),
};

const DOCUMENTS = ['/', '/sign-in', '/sign-up', '/graphiql', '/no-such-page', '/api/no-such-route'];

describe.each(DOCUMENTS)('%s', (path) => {
  test('has its policy and the other headers', async () => {
    const response = await ask(path);
    expect(Object.fromEntries(response.headers)).toMatchObject(EVERYWHERE);
    // This site is not known to be served with https.
    expect(response.headers.has('strict-transport-security')).toBe(false);
    const policy = policyOf(response);
    for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(directive);
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
    const evaluation = inject('mode') === 'dev' ? " 'unsafe-eval'" : '';
    expect(scripts).toBe(`script-src 'nonce-${nonceOf(policy)}' 'strict-dynamic'${evaluation}`);
  });

  test('has the nonce of this load on each of its scripts, and another one the next time', async () => {
    const [first, second] = [await ask(path), await ask(path)];
    const nonce = nonceOf(policyOf(first));
    expect(nonce).toMatch(/^[\w-]{22,}$/);
    expect(nonceOf(policyOf(second))).not.toBe(nonce);
    const scripts = (await first.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
  });

  test('believes no policy or nonce that the request brings', async () => {
    const forged = { 'content-security-policy': "script-src 'nonce-forged'", 'x-nonce': 'forged' };
    expect(await (await ask(path, { headers: forged })).text()).not.toContain('forged');
  });
});

test.each([
  ['the endpoint', '/api/graphql', { method: 'POST' }],
  ['the webhook', '/api/webhooks/clerk', { method: 'POST', body: '{}' }],
])('%s answers with headers that let a browser do nothing with it', async (_what, path, init) => {
  const response = await ask(path, init);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    ...EVERYWHERE,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  });
});

test.each([
  ['a redirect to sign in', '/profile'],
  ["a refused method, which is Next's answer", '/api/webhooks/clerk'],
  ['a file', '/icon.svg'],
  ['a built file that is not there', '/_next/static/none.js'],
  ['an address that cannot be read', '/%E0%A4%A'],
])('%s has the headers of everything', async (_what, path) => {
  expect(Object.fromEntries((await ask(path)).headers)).toMatchObject(EVERYWHERE);
});

/** What a hole in a page would let others write into it; `ran` tells what of it ran. */
const INJECTED = `
  <script>ran.push('inline script')</script>
  <script src="/injected.js"></script>
  <img src="data:," alt="" onerror="ran.push('event handler')">
  <iframe srcdoc="<script>parent.ran.push('inline script of a frame')</script>"></iframe>
  <iframe src="/icon.svg"></iframe>
  <object data="/icon.svg"></object>
  <base href="https://elsewhere.example/">
  <a href="javascript:ran.push('address')">link</a>`;

test.each(['/', '/graphiql', '/no-such-page'])('nothing that is injected into %s runs', async (path) => {
  await visit(
    async ({ page, complaints }) => {
      await page.addInitScript(() => Object.assign(globalThis, { ran: [] }));
      await page.route('/injected.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: "ran.push('file')" }),
      );
      await page.route(path, async (route) => {
        const response = await route.fetch();
        const nonce = nonceOf(response.headers()['content-security-policy'] ?? '');
        const own = `<script nonce="${nonce}">ran.push('our own')</script>`;
        await route.fulfill({ response, body: `<!doctype html><title>Page</title>${own}${INJECTED}` });
      });
      await page.goto(path);
      await page.getByRole('link').click();
      const forbidden = () =>
        complaints.flatMap((complaint) => /^policy violation: ([\w-]+)/.exec(complaint)?.[1] ?? []).sort();
      await expect.poll(forbidden).toEqual([
        'base-uri',
        'frame-src',
        'object-src',
        'script-src-attr',
        // The two scripts, the one in the frame, and the address.
        ...Array(4).fill('script-src-elem'),
      ]);
      expect(await page.evaluate(() => (globalThis as unknown as { ran: string[] }).ran)).toEqual([
        'our own',
      ]);
    },
    { tolerated: /policy violation|Content Security Policy|status of 404|csp/ },
  );
});

test.runIf(inject('mode') === 'preview')('no text is run as a script', async () => {
  await visit(
    async ({ page, complaints }) => {
      await page.goto('/');
      await page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            // The debugger may evaluate text, and so may what it calls; a timer is the page's own.
            setTimeout('globalThis.ran = true');
            setTimeout(resolve, 200);
          }),
      );
      expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
      expect(complaints.join()).toContain('policy violation: script-src forbids eval');
    },
    { tolerated: /policy violation|Content Security Policy/ },
  );
});

test('a tour of all that a visitor can do meets no violation', async () => {
  await visit(async ({ page }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Sign in' }).first().click();
    await page.getByLabel('Email address').waitFor();
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('First name').waitFor();

    // The gateway remembers for a while what it is called: another name each time, of somebody whom no other test calls by name.
    const name = `Grace ${Date.now().toString(36)}`;
    await signInByTicket(page, 'grace');
    await page.getByRole('link', { name: 'Profile', exact: true }).click();
    await page.getByLabel('Given name').fill(name);
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: `You are ${name}` })
      .waitFor();
    await page.getByRole('link', { name: 'Tasks', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor();

    // Without a new load: under the policy of the first page.
    await page.getByRole('link', { name: 'GraphiQL', exact: true }).click();
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
    await page.locator('.graphiql-query-editor', { hasText: /\bOverview\b/ }).waitFor();
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.getByText(`"${name} Hopper"`).first().waitFor();
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();

    await page.locator('.cl-organizationSwitcherTrigger').click();
    await page.locator('.cl-organizationSwitcherPopoverCard').getByRole('button', { name: /Acme/ }).click();
    await page.locator('.cl-organizationSwitcherTrigger', { hasText: 'Acme' }).waitFor();
    await page.getByRole('button', { name: 'Open user menu' }).click();
    await page.getByRole('button', { name: 'Manage account' }).click();
    await page.getByText('Profile details').first().waitFor();
    await page.getByRole('button', { name: 'Close modal' }).click();
    await signOut(page);
  });
});
