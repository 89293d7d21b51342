import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { chaos } from '../../bench/lifecycle/chaos';
import { BUILD_FOLDER, buildForProduction } from '../../bench/lifecycle/production-server';
import { rollingRestart } from '../../bench/lifecycle/rolling-restart';
import { type Services, startServices } from '../../bench/lifecycle/services';
import { ISSUER, SECRET_KEY } from '../../dev/clerk/instance';
import { SEED_USERS } from '../../dev/clerk/seed';
import { freePort } from '../../dev/free-port';
import { upstreamAt } from '../../dev/supabase/upstream';
import { type Command, PROJECT_FOLDER, runScript } from '../harness/command';
import { oneBuild } from '../harness/one-build';

/** Another file may be building. */
const BUILD_MS = 480_000;
const RUN_MS = 120_000;

/** Few: other files test with short deadlines at the same time. */
const WORKERS = 4;

const REAL_SECRET = 'sk_live_0123456789abcdefSecret';

let services: Services;
let running: Command | undefined;

beforeAll(async () => {
  const release = await oneBuild();
  await buildForProduction({
    CLERK_SECRET_KEY: REAL_SECRET,
    SUPABASE_URL: 'https://abc.supabase.co',
    SUPABASE_ANON_KEY: 'sb_publishable_abc',
  }).finally(release);
  services = await startServices({
    engine: { fetch: upstreamAt(inject('engineUrl')), jwtSecret: inject('sharedSecret') },
  });
}, BUILD_MS);
afterEach(async () => {
  // A test that failed half-way leaves nothing behind.
  for (const { pid } of (await running?.processes()) ?? []) process.kill(pid, 'SIGKILL');
  running = undefined;
  services.clerk.control.clear();
  services.supabase.control.clear();
});
afterAll(() => services.close());

/** The ways to serve a gateway in production. */
const SERVERS = ['start', 'serve', 'serve:pages'] as const;

/** A production server in front of the local services, when it is ready. */
async function start(script: (typeof SERVERS)[number], variables: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const command = runScript(script, [], {
    ...services.variables,
    GATEHOUSE_DIST_DIR: BUILD_FOLDER,
    HOSTNAME: '127.0.0.1',
    PORT: String(port),
    ...variables,
  });
  running = command;
  await command.printed(/Ready in|"listening"/);
  const url = `http://127.0.0.1:${port}`;
  expect((await get(`${url}/api/health/ready`)).status).toBe(200);
  return { command, port, url };
}

/** Over a connection of its own, as a load balancer that has never been there. */
function get(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { connection: 'close' }, redirect: 'manual' });
}

async function tasksOf(url: string, { token }: { readonly token: string }) {
  const response = await fetch(`${url}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ externalData { tasks { edges { node { title } } } } }' }),
  });
  return {
    status: response.status,
    connection: response.headers.get('connection'),
    ...(await response.json()),
  };
}

const isOpen = (url: string) =>
  get(`${url}/api/health/live`).then(
    () => true,
    () => false,
  );

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a production build with real keys holds nothing of the local services, and no secret', async () => {
  const folder = join(PROJECT_FOLDER, BUILD_FOLDER);
  // The cache holds compiled modules of earlier builds, and is not what runs.
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile() && !/[\\/]\.production[\\/](cache|dev)\b/.test(entry.parentPath),
  );
  expect(files.length).toBeGreaterThan(20);
  const marks = [
    REAL_SECRET,
    SECRET_KEY,
    ISSUER,
    'startLocalClerk',
    'pglite',
    ...SEED_USERS.map(({ password }) => password),
  ];
  for (const { parentPath, name } of files) {
    const content = await readFile(join(parentPath, name), 'latin1');
    expect({ name, held: marks.filter((mark) => content.includes(mark)) }).toEqual({ name, held: [] });
  }
});

describe.each(SERVERS)('npm run %s', (script) => {
  test(
    'SIGTERM: readiness fails first, what is asked in time is answered, new connections are refused, and the code is 0',
    async () => {
      const { command, url } = await start(script, { GATEWAY_DRAIN_MS: '1000', GATEWAY_TIMEOUT_MS: '20000' });
      services.supabase.control.inject({ times: 6, fault: { kind: 'delay', ms: 6_000 } });
      let answered = 0;
      const slow = Array.from({ length: 6 }, (_, index) =>
        tasksOf(url, services.users[index % 3] ?? { token: '' }).finally(() => {
          answered += 1;
        }),
      );
      await until(async () => services.supabase.control.total() >= 6);

      command.kill('SIGTERM');
      await until(async () => (await get(`${url}/api/health/ready`)).status === 503);
      expect(await (await get(`${url}/api/health/ready`)).json()).toEqual({ status: 'draining' });
      expect((await get(`${url}/api/health/live`)).status).toBe(200);
      const late = await tasksOf(url, services.users[0] ?? { token: '' });
      expect(late).toMatchObject({ status: 200, connection: 'close', data: { externalData: { tasks: {} } } });

      await until(async () => !(await isOpen(url)));
      expect(answered).toBe(0);
      for (const answer of await Promise.all(slow)) {
        expect(answer).toMatchObject({ status: 200, connection: 'close' });
        expect(answer.errors).toBeUndefined();
        expect(answer.data.externalData.tasks.edges).toHaveLength(3);
      }
      expect(await command.ended).toBe(0);
      expect(await command.processes()).toEqual([]);
    },
    RUN_MS,
  );

  test(
    'SIGINT gives nobody time to notice, and the code is 0; connections that are kept alive do not hold it up',
    async () => {
      const { command, url } = await start(script, { GATEWAY_DRAIN_MS: '600000' });
      expect((await tasksOf(url, services.users[0] ?? { token: '' })).connection).toBe('keep-alive');
      command.interrupt();
      expect(await command.ended).toBe(0);
      expect(await command.processes()).toEqual([]);
    },
    RUN_MS,
  );

  test(
    'it listens where HOSTNAME says, and there alone',
    async () => {
      const { port } = await start(script);
      expect(await isOpen(`http://127.0.0.1:${port}`)).toBe(true);
      expect(await isOpen(`http://127.0.0.2:${port}`)).toBe(false);
    },
    RUN_MS,
  );

  test(
    'health is at its two paths only, for GET and HEAD only',
    async () => {
      const { url } = await start(script);
      for (const path of ['/api/health/live', '/api/health/ready']) {
        expect((await get(`${url}${path}`)).status).toBe(200);
        const head = await get(`${url}${path}`, { method: 'HEAD' });
        expect([head.status, head.headers.get('cache-control')]).toEqual([200, 'no-store']);
        for (const method of ['POST', 'OPTIONS', 'DELETE']) {
          const refused = await get(`${url}${path}`, { method });
          expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
        }
        for (const other of [`${path}/x`, `/x${path}`, `${path}x`])
          expect((await get(`${url}${other}`)).status).toBe(404);
      }
      expect((await get(`${url}/api/health`)).status).toBe(404);
    },
    RUN_MS,
  );

  test(
    'it does not start without a configuration, and says what is missing',
    async () => {
      const port = await freePort();
      const command = runScript(script, [], { GATEHOUSE_DIST_DIR: BUILD_FOLDER, PORT: String(port) });
      running = command;
      expect(await command.ended).toBe(1);
      for (const name of [
        'CLERK_SECRET_KEY',
        'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY',
        'SUPABASE_URL',
        'SUPABASE_ANON_KEY',
      ])
        expect(command.output()).toContain(`${name}: is missing`);
    },
    RUN_MS,
  );
});

test(
  'a server is replaced under load without losing a request',
  async () => {
    const { failures, tally } = await rollingRestart({ services, seconds: 0, seed: 1, workers: WORKERS });
    expect({ failures, examples: tally.examples }).toEqual({ failures: [], examples: [] });
    expect(tally.requests).toBeGreaterThan(50);
  },
  RUN_MS,
);

test(
  'Clerk and Supabase come and go under load: each answer is right or coded, in time, and all is as before afterwards',
  async () => {
    const { failures, tally } = await chaos({ services, seconds: 6, seed: 1, workers: WORKERS });
    expect({ failures, examples: tally.examples }).toEqual({ failures: [], examples: [] });
    expect(tally.byCode.UPSTREAM_UNAVAILABLE).toBeGreaterThan(0);
  },
  RUN_MS,
);
