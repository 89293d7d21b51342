import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port';
import { type Command, runScript } from '../harness/command';
import { oneBuild } from '../harness/one-build';

/** Another file may be building. */
const START_MS = 300_000;
const READY = /Ctrl-C stops everything/;

let running: Command | undefined;

afterEach(async () => {
  // A test that failed half-way leaves nothing behind.
  for (const { pid } of (await running?.processes()) ?? []) process.kill(pid, 'SIGKILL');
  running = undefined;
});

interface Ports {
  readonly app: number;
  readonly clerk: number;
  readonly supabase: number;
}

async function start(
  script: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ command: Command; ports: Ports; variables: Record<string, string> }> {
  const [app, clerk, supabase] = [await freePort(), await freePort(), await freePort()];
  const variables = {
    PORT: String(app),
    LOCAL_CLERK_PORT: String(clerk),
    LOCAL_SUPABASE_PORT: String(supabase),
    // Not where somebody may be running npm run dev right now.
    GATEHOUSE_DIST_DIR: '.preview',
    ...more,
  };
  const release = script === 'start' ? async () => {} : await oneBuild();
  const command = runScript(script, [], variables);
  running = command;
  const isReady = command.printed(READY).catch(() => {});
  void Promise.race([isReady, command.ended]).then(release);
  return { command, ports: { app, clerk, supabase }, variables };
}

/** Runs a line in a shell, as somebody who pastes it into a terminal. */
async function paste(line: string, variables: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-c', line], {
    cwd: '/',
    env: { ...process.env, ...variables },
  });
  return stdout;
}

async function isOpen(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}

async function expectNothingLeft(command: Command, ports: Ports): Promise<void> {
  expect(await command.processes()).toEqual([]);
  for (const port of Object.values(ports)) expect(await isOpen(port)).toBe(false);
}

describe.each(['dev', 'preview'])('npm run %s', (script) => {
  test(
    'shows progress, prints a query that works when pasted, and Ctrl-C leaves nothing behind',
    async () => {
      const { command, ports, variables } = await start(script);
      await command.printed(READY);

      const output = command.output();
      const services = [
        'Local Clerk',
        'Local Supabase',
        ...(script === 'preview' ? ['Build'] : []),
        'Application',
      ];
      for (const service of services) expect(output).toMatch(new RegExp(`✓ ${service} .*\\(\\d+\\.\\d s\\)`));
      for (const user of ['ada', 'grace', 'alan'])
        expect(output).toMatch(new RegExp(`${user}@example\\.com  +\\S+`));

      const line = /^curl .*$/m.exec(output)?.[0] ?? '';
      const { data, errors } = JSON.parse(await paste(line, variables));
      expect(errors).toBeUndefined();
      expect(data.viewer).toMatchObject({ firstName: 'Ada', organization: { name: 'Acme' } });
      expect(data.externalData.tasks.edges).toHaveLength(3);

      command.interrupt();
      await command.ended;
      await expectNothingLeft(command, ports);
    },
    START_MS,
  );
});

describe('npm run dev', () => {
  test(
    'the token command prints a token alone, for every option',
    async () => {
      const { command, variables } = await start('dev');
      await command.printed(READY);
      const token = (args: string[]) => runScript('token', args, variables);
      const claims = async (args: string[]) => {
        const minted = token(args);
        expect(await minted.ended).toBe(0);
        const jwt = minted.output().trim().split('\n').at(-1) ?? '';
        expect(jwt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
        return decodeJwt(jwt);
      };
      expect(await claims(['--user', 'ada@example.com'])).toMatchObject({ sts: 'active', v: 2 });
      expect(await claims(['--user', 'ada@example.com', '--org', 'acme'])).toMatchObject({
        o: { slg: 'acme', rol: 'admin' },
      });
      expect(await claims(['--user', 'grace@example.com', '--template', 'supabase'])).toMatchObject({
        role: 'authenticated',
      });
      const { exp = 0, iat = 0 } = await claims(['--user', 'alan@example.com', '--ttl', '600']);
      expect(exp - iat).toBe(600);

      for (const [args, message] of [
        [[], /--user is missing/],
        [['--user', 'nobody@example.com'], /No user has the email address nobody@example\.com/],
        [['--user', 'alan@example.com', '--org', 'acme'], /Starting a session: /],
        [['--user', 'ada@example.com', '--template', 'none'], /Minting a token: /],
        [['--user', 'ada@example.com', '--ttl', 'long'], /--ttl must be a whole number/],
      ] as const) {
        const refused = token([...args]);
        expect(await refused.ended).not.toBe(0);
        expect(refused.output()).toMatch(message);
      }

      // npm does not hand the signal on to what it started; that notices by itself.
      command.kill('SIGTERM');
      await command.ended;
      expect(await command.processes()).toEqual([]);
    },
    START_MS,
  );

  test(
    'when the application crashes, all else ends and its message comes last',
    async () => {
      const { command, ports } = await start('dev');
      await command.printed(READY);
      const next = (await command.processes()).find(({ command: line }) => line.includes('next-server'));
      process.kill(next?.pid ?? 0, 'SIGKILL');
      expect(await command.ended).toBe(1);
      expect(command.output().trim().split('\n').at(-1)).toMatch(/^The application ended with /);
      await expectNothingLeft(command, ports);
    },
    START_MS,
  );

  test.each(['PORT', 'LOCAL_CLERK_PORT', 'LOCAL_SUPABASE_PORT'])(
    'a taken port is reported as %s, and nothing is left running',
    async (variable) => {
      const taken = await freePort();
      const server = createServer().listen(taken, '127.0.0.1');
      const { command } = await start('dev', { [variable]: String(taken) });
      expect(await command.ended).toBe(1);
      expect(command.output()).toContain(`✗ Port ${taken} is taken. Set ${variable} to a free port`);
      expect(await command.processes()).toEqual([]);
      server.close();
    },
    START_MS,
  );

  test.each([
    [
      { CLERK_SECRET_KEY: 'sk_test_x' },
      /CLERK_SECRET_KEY is set and NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is not/,
    ],
    [{ SUPABASE_ANON_KEY: 'x' }, /SUPABASE_ANON_KEY is set and SUPABASE_URL is not/],
    [{ PORT: 'http' }, /PORT must be a port number/],
  ] as const)(
    '%j is refused with what to mend',
    async (variables, message) => {
      const { command } = await start('dev', variables);
      expect(await command.ended).toBe(1);
      expect(command.output()).toMatch(message);
    },
    START_MS,
  );
});

test(
  'npm run build without the publishable key, which a build holds, names it',
  async () => {
    const { command } = await start('build');
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(/^ {2}NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: is missing/m);
    expect(command.output()).not.toContain('CLERK_SECRET_KEY:');
  },
  START_MS,
);

test('npm start without a configuration ends at once, names each variable, and starts no local service', async () => {
  const startedAt = performance.now();
  const { command, ports } = await start('start');
  expect(await command.ended).toBe(1);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  for (const variable of [
    'CLERK_SECRET_KEY',
    'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY',
    'SUPABASE_URL',
    'SUPABASE_ANON_KEY',
  ])
    expect(command.output()).toMatch(new RegExp(`^  ${variable}: is missing`, 'm'));
  await expectNothingLeft(command, ports);
}, 20_000);

test('npm start names a malformed variable without repeating its value', async () => {
  const { command } = await start('start', {
    CLERK_SECRET_KEY: 'pk_test_wrong_kind',
    GATEWAY_SIGNED_OUT: 'maybe',
  });
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(/CLERK_SECRET_KEY: must be a Clerk secret key/);
  expect(command.output()).toMatch(/GATEWAY_SIGNED_OUT: must be anonymous/);
  expect(command.output()).not.toContain('pk_test_wrong_kind');
}, 20_000);
