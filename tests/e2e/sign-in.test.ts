import { beforeEach, expect, test } from 'vitest';
import { backendApi, person, resetClerk, signInByPassword, signInByTicket, signOut } from './harness/people';
import { startBrowser, visit } from './harness/visit';

startBrowser();
beforeEach(resetClerk);

/** The browser itself reports a response of 4xx, which is how Clerk refuses. */
const REFUSED_BY_CLERK = /status of (401|404|422)/;

test("a wrong password shows Clerk's message, the right one signs in, and a reload keeps the session", async () => {
  const { email, password } = person('ada');
  await visit(
    async ({ page }) => {
      await page.goto('/sign-in');
      await signInByPassword(page, email, 'not-her-password');
      await page
        .getByText(/Password is incorrect/)
        .first()
        .waitFor();
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page.getByRole('button', { name: 'Open user menu' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Open user menu' }).waitFor();
    },
    { tolerated: REFUSED_BY_CLERK },
  );
});

test("an unknown address shows Clerk's message", async () => {
  await visit(
    async ({ page }) => {
      await page.goto('/sign-in');
      await page.getByLabel('Email address').fill('nobody@example.com');
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      await page
        .getByText(/Couldn't find your account/)
        .first()
        .waitFor();
    },
    { tolerated: REFUSED_BY_CLERK },
  );
});

test.each(['/profile', '/tasks'])(
  'a signed-out visitor to %s is sent to sign in, and back afterwards',
  async (path) => {
    const { email, password } = person('grace');
    await visit(async ({ page }) => {
      await page.goto(path);
      await page.waitForURL((url) => url.pathname.startsWith('/sign-in'));
      await signInByPassword(page, email, password);
      await page.waitForURL((url) => url.pathname === path);
      await page.getByRole('heading', { level: 1 }).waitFor();
    });
  },
);

test('somebody new signs up with a code, and has an account', async () => {
  await visit(
    async ({ page }) => {
      await page.goto('/sign-up');
      await page.getByLabel('First name').fill('Katherine');
      await page.getByLabel('Last name').fill('Johnson');
      await page.getByLabel('Email address').fill('katherine@example.com');
      await page.getByLabel('Password', { exact: true }).fill('Trajectory-Analysis-1962');
      await page.getByRole('button', { name: 'Continue', exact: true }).click();
      const code = page.getByRole('textbox', { name: /verification code/i });
      await code.waitFor();
      await code.pressSequentially('000000');
      await page
        .getByText(/code/i)
        .filter({ hasText: /incorrect/i })
        .first()
        .waitFor();
      await code.fill('');
      await code.pressSequentially('424242');
      await page.getByRole('button', { name: 'Open user menu' }).waitFor();
      const [user] = await backendApi('/users?email_address=katherine@example.com');
      expect(user).toMatchObject({ first_name: 'Katherine', last_name: 'Johnson' });
    },
    { tolerated: REFUSED_BY_CLERK },
  );
});

test('signing out ends the session for good, here and at Clerk', async () => {
  await visit(async ({ page, context }) => {
    await signInByTicket(page, 'ada');
    await signOut(page);
    const cookies = await context.cookies();
    expect(cookies.filter(({ name, value }) => name.startsWith('__session') && value !== '')).toEqual([]);
    const status = await page.evaluate(async () => {
      const response = await fetch('/api/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ __typename viewer { id } }' }),
      });
      return { status: response.status, ...(await response.json()) };
    });
    expect(status).toMatchObject({
      data: { viewer: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    const sessions = await backendApi(`/sessions?user_id=${person('ada').id}`);
    expect(JSON.stringify(sessions)).not.toContain('"status":"active"');
  });
});
