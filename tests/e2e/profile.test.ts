import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { backendApi, person, resetClerk, signInByTicket } from './harness/people';
import { startBrowser, visit } from './harness/visit';

startBrowser();
beforeEach(resetClerk);

async function rename(page: Page, firstName: string, lastName: string): Promise<void> {
  await page.getByLabel('Given name').fill(firstName);
  await page.getByLabel('Family name').fill(lastName);
  await page.getByRole('button', { name: 'Save' }).click();
}

/** What Clerk's own user button says. */
async function nameInUserButton(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Open user menu' }).click();
  const name = await page
    .locator('.cl-userButtonPopoverCard .cl-userPreviewMainIdentifier')
    .first()
    .innerText();
  await page.keyboard.press('Escape');
  return name;
}

test('a new name is seen on the urql page, in the user button and on the Apollo page, without a reload', async () => {
  await visit(async ({ page }) => {
    await signInByTicket(page, 'ada', '/tasks');
    await page.getByRole('heading', { level: 1, name: /Ada Lovelace/ }).waitFor();
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByLabel('Given name').waitFor();
    let loads = 0;
    page.on('load', () => {
      loads += 1;
    });
    const operations: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/graphql')) operations.push(request.postDataJSON().operationName);
    });
    await rename(page, 'Augusta', 'King');
    await page.getByRole('status').filter({ hasText: 'You are Augusta King now' }).waitFor();
    await page.getByText('Augusta King', { exact: true }).first().waitFor();
    expect(operations).toEqual(['UpdateProfile']);
    expect(await nameInUserButton(page)).toBe('Augusta King');
    await page.getByRole('link', { name: 'Tasks' }).click();
    await page.getByRole('heading', { level: 1, name: /Augusta King/ }).waitFor();
    expect(loads).toBe(0);
    expect(await backendApi(`/users/${person('ada').id}`)).toMatchObject({
      first_name: 'Augusta',
      last_name: 'King',
    });
  });
});

test('what the gateway refuses is said at its field, which gets the focus, and nothing is written', async () => {
  await visit(async ({ page }) => {
    await signInByTicket(page, 'ada', '/profile');
    await rename(page, 'Ada', 'x'.repeat(257));
    const field = page.getByLabel('Family name');
    await page.getByText('Must be at most 256 characters long.').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    const description = await field.getAttribute('aria-describedby');
    expect(await page.locator(`#${description}`).innerText()).toBe('Must be at most 256 characters long.');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByLabel('Given name').getAttribute('aria-invalid')).toBe('false');
    expect(await backendApi(`/users/${person('ada').id}`)).toMatchObject({ last_name: 'Lovelace' });
  });
});

test('switching the organization changes the role', async () => {
  await visit(async ({ page }) => {
    await signInByTicket(page, 'ada', '/profile');
    await page.getByLabel('Given name').waitFor();
    expect(await page.getByText('org:admin').count()).toBe(0);
    await page.locator('.cl-organizationSwitcherTrigger').click();
    await page.locator('.cl-organizationSwitcherPopoverCard').getByRole('button', { name: /Acme/ }).click();
    await page.getByText('org:admin').first().waitFor();
    await page.reload();
    await page.getByText('org:admin').first().waitFor();
  });
});

test('tasks are paged, filtered and sorted, and the address keeps the view', async () => {
  await visit(async ({ page }) => {
    await signInByTicket(page, 'grace', '/tasks');
    const tasks = page.getByRole('region', { name: 'Tasks' });
    const shows = (status: RegExp) => tasks.getByRole('status').filter({ hasText: status }).waitFor();
    const titles = () => tasks.getByRole('listitem').allInnerTexts();

    await shows(/of 7/);
    await tasks.getByRole('button', { name: 'Show more' }).click();
    await shows(/7/);
    await expect.poll(async () => new Set(await titles()).size).toBe(7);

    await page.getByRole('radio', { name: 'Done' }).click();
    await expect.poll(async () => (await titles()).length).toBe(2);
    for (const title of await titles()) expect(title).toMatch(/^Done:/);

    await page.getByLabel('Order').selectOption('By title');
    await expect.poll(async () => (await titles())[0]).toContain('Tape the moth');
    await page.reload();
    await expect.poll(async () => (await titles()).length).toBe(2);
    expect(await page.getByRole('radio', { name: 'Done' }).isChecked()).toBe(true);
  });
});
