import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, test } from 'vitest';
import { resetClerk, signInByTicket } from './harness/people';
import { startBrowser, visit } from './harness/visit';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));

startBrowser();
beforeAll(async () => {
  await resetClerk();
  await mkdir(FOLDER, { recursive: true });
});

/** Pictures of the README: what is on them, and when the page shows it. */
const PICTURES: readonly {
  readonly name: string;
  readonly path: string;
  readonly signedIn: boolean;
  readonly shown: (page: Page) => Promise<void>;
}[] = [
  {
    name: 'sign-in',
    path: '/sign-in',
    signedIn: false,
    shown: (page) => page.getByLabel('Email address').waitFor(),
  },
  {
    name: 'landing',
    path: '/',
    signedIn: true,
    shown: (page) => page.getByRole('heading', { level: 1 }).waitFor(),
  },
  {
    name: 'graphiql',
    path: '/graphiql',
    signedIn: true,
    async shown(page) {
      await page.locator('.graphiql-tab-button', { hasText: 'Overview' }).waitFor();
      await page.getByRole('button', { name: /Execute query/ }).click();
      await page.getByText('"Ada Lovelace"').first().waitFor();
    },
  },
  {
    name: 'profile',
    path: '/profile',
    signedIn: true,
    shown: (page) => page.getByLabel('Given name').waitFor(),
  },
  {
    name: 'tasks',
    path: '/tasks',
    signedIn: true,
    shown: (page) => page.getByText('compose music').first().waitFor(),
  },
];

test.each(PICTURES)('$name', async ({ name, path, signedIn, shown }) => {
  await visit(
    async ({ page }) => {
      if (signedIn) await signInByTicket(page, 'ada', path);
      else await page.goto(path);
      await shown(page);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled' });
    },
    { viewport: { width: 1200, height: 750 }, colorScheme: 'light' },
  );
});
