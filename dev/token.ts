import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type ClerkApi, connectToClerk } from './runner/clerk-api';
import { readSettings } from './runner/settings';

const USAGE = `Prints a session token, alone on standard output.

  npm run --silent token -- --user ada@example.com [--org acme] [--template supabase] [--ttl 60]

  --user      email address or id of a user
  --org       slug or id of the organization to make active
  --template  name of a JWT template, for a template token instead of a session token
  --ttl       life of the token in seconds, at least 30; the instance decides if left out`;

interface Wanted {
  readonly user: string;
  readonly org: string | undefined;
  readonly template: string | undefined;
  readonly ttl: number | undefined;
}

/** @throws {Error} that says what is wrong with the command line. */
function readArguments(): Wanted {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ options: { user: option, org: option, template: option, ttl: option } });
  if (values.user === undefined) throw new Error(`--user is missing.\n\n${USAGE}`);
  if (values.ttl !== undefined && !/^\d+$/.test(values.ttl))
    throw new Error('--ttl must be a whole number of seconds.');
  return {
    user: values.user,
    org: values.org,
    template: values.template,
    ttl: values.ttl === undefined ? undefined : Number(values.ttl),
  };
}

/** Starts a session for the user, as a sign-in would, and asks for a token of it. */
async function mint(clerk: ClerkApi, { user, org, template, ttl }: Wanted): Promise<string> {
  const session = await clerk.createSession(
    await clerk.userId(user),
    org === undefined ? undefined : await clerk.organizationId(org),
  );
  return clerk.createToken(session, template, ttl);
}

async function main(): Promise<void> {
  const wanted = readArguments();
  const settings = readSettings('dev', 'next', fileURLToPath(new URL('..', import.meta.url)));
  process.stdout.write(`${await mint(connectToClerk(settings), wanted)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
