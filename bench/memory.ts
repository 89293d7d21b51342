import { startLocalClerk } from '../dev/clerk';
import { APP_URL, gatewayVariables } from '../dev/gateway-variables';
import { createGateway, ENDPOINT, parseEnv } from '../gateway';

const USERS = 10_000;
const OPERATIONS = 200_000;
/** Operations between two lines. */
const STEP = 20_000;
const CONCURRENCY = 64;

/** How much more the heap may hold at the end than after the caches were filled: a leak of 50 bytes an operation shows. */
const MOST_GROWTH_BYTES = 10 * 1024 * 1024;

const QUERY = 'query Names { viewer { id firstName lastName organization { id } } }';

/** `npm run bench:memory`: whether memory stays flat over many operations of many users. Exits with 1 where it does not. */
async function main(): Promise<void> {
  if (globalThis.gc === undefined)
    throw new Error('Start it with npm run bench:memory, which exposes the collector.');
  const clerk = await startLocalClerk({ port: 0, appUrl: APP_URL, templateSecret: 'unused' });
  const gateway = createGateway(
    parseEnv({
      NODE_ENV: 'production',
      ...gatewayVariables(clerk, { url: clerk.url, anonKey: 'unused' }),
      GATEWAY_LOG_LEVEL: 'silent',
    }),
  );
  process.stdout.write(`Signing ${USERS} users in …\n`);
  const [pattern] = clerk.state.state.users;
  if (pattern === undefined) throw new Error('The local Clerk has no users.');
  const tokens: string[] = [];
  for (let index = 0; index < USERS; index += 1) {
    const id = `user_2bench${String(index).padStart(5, '0')}`;
    const user = {
      ...pattern,
      id,
      email: `bench${index}@example.com`,
      emailId: `idn_${id}`,
      firstName: `Name ${index}`,
    };
    clerk.state.apply({ type: 'user.created', user });
    tokens.push(await clerk.mintSessionToken({ user: pattern.id, ttl: 86_400, claims: { sub: id } }));
  }

  let next = 0;
  let wrong = 0;
  async function work(until: number): Promise<void> {
    while (next < until) {
      const index = next++;
      // A stride that visits every user before it comes back to one.
      const user = (index * 7_919) % USERS;
      const response = await gateway.fetch(
        new Request(`${APP_URL}${ENDPOINT}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[user]}` },
          body: JSON.stringify({ query: QUERY }),
        }),
      );
      const { data } = await response.json();
      if (data?.viewer?.firstName !== `Name ${user}`) wrong += 1;
    }
  }

  process.stdout.write('operations  operations/s  heap MB  rss MB  calls to Clerk  wrong answers\n');
  let filled = 0;
  let heap = 0;
  for (let done = STEP; done <= OPERATIONS; done += STEP) {
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: CONCURRENCY }, () => work(done)));
    const perSecond = Math.round((STEP / (performance.now() - startedAt)) * 1000);
    globalThis.gc();
    heap = process.memoryUsage().heapUsed;
    // By then every user has been seen, and every cache is as full as it gets.
    if (done === 2 * STEP) filled = heap;
    const columns = [
      done,
      perSecond,
      megabytes(heap),
      megabytes(process.memoryUsage().rss),
      clerk.control.total(),
      wrong,
    ];
    process.stdout.write(
      `${columns.map((value, index) => String(value).padStart(WIDTHS[index] ?? 0)).join('  ')}\n`,
    );
  }
  const growth = heap - filled;
  const flat = growth <= MOST_GROWTH_BYTES;
  process.stdout.write(
    `${flat ? 'Flat' : 'Not flat'}: the heap holds ${megabytes(growth)} MB more than after ${2 * STEP} operations.\n`,
  );
  await clerk.close();
  process.exitCode = flat && wrong === 0 ? 0 : 1;
}

const WIDTHS = [10, 12, 7, 6, 14, 13];

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
