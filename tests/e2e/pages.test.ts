import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { resetClerk, signInByTicket } from './harness/people';
import { startBrowser, visit } from './harness/visit';

startBrowser();
beforeEach(resetClerk);

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** Serious and critical problems, as lines. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(
    // The page knows axe now; this side does not.
    async () =>
      (await (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } }).axe.run())
        .violations,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
    );
}

const PAGES: readonly {
  readonly path: string;
  readonly as: 'ada' | null;
  readonly shown: (page: Page) => Promise<void>;
}[] = [
  { path: '/', as: null, shown: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
  { path: '/', as: 'ada', shown: (page) => page.getByRole('button', { name: 'Open user menu' }).waitFor() },
  { path: '/sign-in', as: null, shown: (page) => page.getByLabel('Email address').waitFor() },
  { path: '/sign-up', as: null, shown: (page) => page.getByLabel('Email address').waitFor() },
  { path: '/profile', as: 'ada', shown: (page) => page.getByLabel('Given name').waitFor() },
  { path: '/tasks', as: 'ada', shown: (page) => page.getByText('Bernoulli').first().waitFor() },
  {
    path: '/graphiql',
    as: 'ada',
    shown: (page) => page.locator('.graphiql-tab-button', { hasText: 'Overview' }).waitFor(),
  },
  { path: '/no-such-page', as: null, shown: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
];

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  describe.each([1280, 360])('%i px wide', (width) => {
    test.each(PAGES)(
      '$path as $as has no serious barrier, no complaint of the browser, and fits',
      async ({ path, as, shown }) => {
        await visit(
          async ({ page }) => {
            if (as === null) await page.goto(path);
            else await signInByTicket(page, as, path);
            await shown(page);
            // Next sets the title of a page that was not loaded anew a moment after its content.
            await page.waitForFunction(() => document.title !== '');
            expect(await barriers(page)).toEqual([]);
            expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
              width,
            );
          },
          {
            colorScheme,
            viewport: { width, height: 800 },
            // The address that is not there is reported as such.
            ...(path === '/no-such-page' ? { tolerated: /status of 404/ } : {}),
          },
        );
      },
    );
  });
});

test.runIf(inject('mode') === 'preview')(
  'the landing page loads less than 250 kB of JavaScript besides Clerk, and nothing of GraphiQL',
  async () => {
    await visit(async ({ page }) => {
      const scripts: { url: string; bytes: number; monaco: boolean }[] = [];
      page.on('response', async (response) => {
        const { pathname } = new URL(response.url());
        if (response.request().resourceType() !== 'script' || pathname.startsWith('/__clerk/')) return;
        const body = await response.body();
        scripts.push({ url: pathname, bytes: gzipSync(body).length, monaco: body.includes('monaco') });
      });
      await page.goto('/', { waitUntil: 'networkidle' });
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(250_000);
      expect(scripts.filter(({ monaco }) => monaco)).toEqual([]);
    });
  },
);
