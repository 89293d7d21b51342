import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launchChromium } from './chromium';

/** A visitor with a browser of their own: cookies, storage, one tab to begin with. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /**
   * What went wrong so far that a visitor would not see: console messages, failed requests, foreign origins, and what the
   * content security policy forbade.
   */
  readonly complaints: string[];
}

let browser: Browser;

/** Starts the browser for the tests of a file. */
export function startBrowser(): void {
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
}

/**
 * Lets a visitor do something, and fails where the browser complained meanwhile.
 * @param tolerated complaints that belong to what is tested, such as the refusal of a wrong password.
 */
export async function visit(
  act: (visitor: Visitor) => Promise<void>,
  { tolerated = /^$/, ...options }: BrowserContextOptions & { readonly tolerated?: RegExp } = {},
): Promise<void> {
  const context = await browser.newContext({ baseURL: inject('appUrl'), ...options });
  // Well inside a test's own time, so that what failed is told by what was waited for.
  context.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  context.on('page', (page) => listen(page, complaints));
  await watchPolicy(context, complaints);
  const page = await context.newPage();
  try {
    await act({ context, page, complaints });
  } catch (error) {
    if (complaints.length > 0)
      (error as Error).message += `\n\nThe browser complained:\n${complaints.join('\n')}`;
    throw error;
  } finally {
    await context.close();
  }
  expect(complaints.filter((complaint) => !tolerated.test(complaint))).toEqual([]);
}

/** The console does not tell of each violation, and not in one form. */
async function watchPolicy(context: BrowserContext, complaints: string[]): Promise<void> {
  await context.exposeBinding('tellViolation', (_source, violation: string) =>
    complaints.push(`policy violation: ${violation}`),
  );
  await context.addInitScript(() => {
    const { tellViolation } = globalThis as unknown as { tellViolation(violation: string): void };
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      tellViolation(`${effectiveDirective} forbids ${blockedURI} (${sourceFile}:${lineNumber} ${sample})`);
    });
  });
}

/** While it compiles a page for the first time, Next's development server is late with the styles it has announced. */
const NEXT_DEVELOPMENT = /\/_next\/static\/\S+\.css was preloaded using link preload but not used/;

function listen(page: Page, complaints: string[]): void {
  const appUrl = inject('appUrl');
  page.on('console', (message) => {
    if (inject('mode') === 'dev' && NEXT_DEVELOPMENT.test(message.text())) return;
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && url.host !== new URL(appUrl).host)
      complaints.push(`foreign request: ${request.method()} ${url.origin}${url.pathname}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Leaving a page ends what it was still loading.
    if (reason !== 'net::ERR_ABORTED') complaints.push(`failed request: ${request.url()} ${reason}`);
  });
}
