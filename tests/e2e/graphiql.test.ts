import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { resetClerk, signInByTicket, signOut } from './harness/people';
import { startBrowser, visit } from './harness/visit';

startBrowser();
beforeEach(resetClerk);

/** Runs what the open tab holds, and gives the answer. */
async function run(page: Page): Promise<string> {
  // GraphiQL asks for the schema at the same address.
  const answer = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/graphql') && !response.request().postData()?.includes('__schema'),
  );
  await page.getByRole('button', { name: /Execute query/ }).click();
  return (await answer).text();
}

const tab = (page: Page, name: string) => page.locator('.graphiql-tab-button', { hasText: name });

/** Opens a tab, and waits until the editor holds its operation. */
async function openTab(page: Page, name: string): Promise<void> {
  // Tabs are there before the editor is, which nobody is quick enough to notice.
  await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  await tab(page, name).click();
  await page.locator('.graphiql-query-editor', { hasText: new RegExp(`\\b${name}\\b`) }).waitFor();
}

test('GraphiQL opens on operations worth running, and runs them as whoever is signed in', async () => {
  await visit(async ({ page }) => {
    await signInByTicket(page, 'ada', '/graphiql');
    await openTab(page, 'Overview');
    for (const name of ['FromToken', 'Page', 'Rename']) expect(await tab(page, name).count()).toBe(1);
    const answer = await run(page);
    expect(JSON.parse(answer)).toMatchObject({
      data: {
        viewer: { fullName: 'Ada Lovelace' },
        externalData: { tasks: { totalCount: expect.any(Number) } },
      },
    });
    await page.getByText('"Ada Lovelace"').first().waitFor();
  });
});

test('the docs show what a field means and who may ask for it', async () => {
  await visit(async ({ page }) => {
    await signInByTicket(page, 'ada', '/graphiql');
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Query', exact: true }).click();
    await page.getByRole('link', { name: 'viewer', exact: true }).click();
    await page.getByText('Who may ask: a signed-in user or a program with an OAuth token.').first().waitFor();
  });
});

test('tabs and history outlive a reload, and no token is ever stored', async () => {
  await visit(async ({ page }) => {
    await signInByTicket(page, 'ada', '/graphiql');
    await openTab(page, 'FromToken');
    await run(page);
    await page.reload();
    await tab(page, 'FromToken').waitFor();
    await page.getByRole('button', { name: 'Show History' }).click();
    await page
      .getByRole('button', { name: /FromToken/ })
      .first()
      .waitFor();
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).toContain('FromToken');
    expect(stored).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });
});

test('after signing out the next run is UNAUTHENTICATED', async () => {
  await visit(
    async ({ page }) => {
      await signInByTicket(page, 'ada', '/graphiql');
      await openTab(page, 'FromToken');
      expect(await run(page)).toContain('sess_');
      await signOut(page);
      await page.goto('/graphiql');
      await openTab(page, 'FromToken');
      expect(await run(page)).toContain('UNAUTHENTICATED');
    },
    { tolerated: /status of 401/ },
  );
});
