import type { LocalClerk } from '../clerk';
import { bold, dim, say } from './terminal';

const QUERY =
  'query { viewer { firstName lastName organization { name role } } externalData { tasks(first: 3) { edges { node { title done } } } } }';

interface BannerOptions {
  readonly hasPages: boolean;
  /** Null where a real one is used. */
  readonly clerk: LocalClerk | null;
  readonly projectFolder: string;
}

/** What somebody needs who has just started it. */
export function printBanner(appUrl: string, { hasPages, clerk, projectFolder }: BannerOptions): void {
  say();
  say(`${bold('Gatehouse is ready.')}`);
  say();
  say(`  GraphQL    ${appUrl}/api/graphql`);
  if (hasPages) say(`  Pages      ${appUrl}`);
  if (clerk !== null) {
    say(`  Users      ${dim('email, password, organization')}`);
    const width = Math.max(...clerk.users.map(({ email }) => email.length));
    const passwords = Math.max(...clerk.users.map(({ password }) => password.length));
    for (const { email, password, organization } of clerk.users)
      say(`             ${email.padEnd(width)}  ${password.padEnd(passwords)}  ${organization ?? '–'}`);
    say();
    say('A first query, as ada. Paste it into another terminal:');
    say();
    say(curlLine(appUrl, projectFolder));
  }
  say();
  say(dim('Ctrl-C stops everything.'));
  say();
}

/** Fetches its token when it runs: a printed one would have expired by the time somebody pastes it. */
export function curlLine(appUrl: string, projectFolder: string): string {
  const token = `npm --prefix ${shellQuote(projectFolder)} run --silent token -- --user ada@example.com --org acme`;
  return [
    `curl -s ${appUrl}/api/graphql`,
    `-H "authorization: Bearer $(${token})"`,
    `-H 'content-type: application/json'`,
    `-d ${shellQuote(JSON.stringify({ query: QUERY }))}`,
  ].join(' ');
}

function shellQuote(text: string): string {
  return /^[\w/.:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
