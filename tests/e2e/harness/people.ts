import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { SECRET_KEY } from '../../../dev/clerk/instance';
import { SEED_USERS, type SeedUser } from '../../../dev/clerk/seed';

/** Somebody of the seed. */
export function person(name: 'ada' | 'grace' | 'alan'): SeedUser {
  const found = SEED_USERS.find(({ email }) => email.startsWith(name));
  if (found === undefined) throw new Error(`Nobody is called ${name}.`);
  return found;
}

/** Calls the local Clerk's Backend API, as a server of ours would. */
export async function backendApi(path: string, body?: object, method = body ? 'POST' : 'GET') {
  const response = await fetch(`${inject('clerkUrl')}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${SECRET_KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}

/** Puts everybody's names, sessions and organizations back to the seed, and lets the gateway know. */
export async function resetClerk(): Promise<void> {
  await fetch(`${inject('clerkUrl')}/__control/reset`, { method: 'POST' });
  // A reset tells nobody. A change does, and is newer than whatever the gateway remembers.
  for (const { id, firstName, lastName } of SEED_USERS)
    await backendApi(`/users/${id}`, { first_name: firstName, last_name: lastName }, 'PATCH');
}

/** Signs in with a link that the Backend API made, which takes one page load. */
export async function signInByTicket(page: Page, name: 'ada' | 'grace' | 'alan', path = '/'): Promise<void> {
  const { token } = await backendApi('/sign_in_tokens', { user_id: person(name).id });
  await page.goto(`/sign-in?__clerk_ticket=${token}&redirect_url=${encodeURIComponent(path)}`);
  await page.waitForURL((url) => url.pathname === path);
  await page.getByRole('button', { name: 'Open user menu' }).waitFor();
}

/** Signs in with a password, on Clerk's own form. */
export async function signInByPassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

/** Signs out with Clerk's user button. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open user menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
}
