import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { send } from '../harness/client';
import { startWorld, type World } from '../harness/world';

let world: World;

beforeAll(async () => {
  world = await startWorld({ GATEWAY_CACHE_SECONDS: '30', GATEWAY_STALE_SECONDS: '600' });
});
beforeEach(async () => {
  await world.clerk.control.reset();
  world.supabase.control.clear();
});
afterAll(() => world.close());

const TEMPLATE = { SUPABASE_JWT_TEMPLATE: 'supabase' };

/** What is asked, and how the gateway is configured for it. */
const OPERATIONS: readonly (readonly [operation: string, variables?: Readonly<Record<string, string>>])[] = [
  ['{ viewer { id sessionId organization { id role permissions } } }'],
  ['{ principal { __typename } }'],
  ['{ viewer { fullName primaryEmailAddress } }'],
  ['{ a: viewer { firstName } b: viewer { lastName imageUrl } }'],
  ['{ viewer { firstName organization { name } } }'],
  ['{ viewer { organizations { edges { node { name role } } } } }'],
  ['{ viewer { organization { members { edges { node { firstName } } } } } }'],
  ['{ viewer { organization { usage { members } } } }'],
  ['{ viewer { sessions { id } } }'],
  ['{ externalData { tasks(first: 20) { edges { node { title } } } } }'],
  ['{ externalData { tasks(first: 20) { edges { node { title } } } } }', TEMPLATE],
  ['{ externalData { tasks(first: 20) { totalCount edges { node { title } } } } }'],
  ['{ externalData { tasks(first: 20) { edges { node { title project { name } } } } } }'],
  ['{ externalData { projects { edges { node { name parent { name } } } } } }'],
  ['{ externalData { sources { name health } } }'],
  ['mutation { updateProfile(input: { firstName: "Ada" }) { viewer { fullName } } }'],
];

test('docs/budget.md says what each operation costs: the first time, and again', async () => {
  const token = await world.token('ada', { org: 'acme' });
  const lines: string[] = [];
  for (const [operation, variables = {}] of OPERATIONS) {
    const gateway = world.gatewayWith(variables);
    const costs: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      world.clerk.control.clear();
      world.supabase.control.clear();
      const { errors, extensions } = await send(gateway, operation, { token });
      expect(errors).toEqual([]);
      const [clerk, supabase] = [world.clerk.control.total(), world.supabase.control.total()];
      // The answer tells the same as the services have counted.
      const calls: { source: string }[] = extensions.cost?.calls ?? [];
      expect(calls.map(({ source }) => source).sort()).toEqual(
        [...Array(clerk).fill('clerk'), ...Array(supabase).fill('supabase')].sort(),
      );
      costs.push(`${clerk} | ${supabase}`);
    }
    const configured = variables === TEMPLATE ? ' with a JWT template' : '';
    lines.push(`| \`${operation}\`${configured} | ${costs.join(' | ')} |`);
  }
  const committed = await readFile(new URL('../../docs/budget.md', import.meta.url), 'utf8');
  expect(committed).toContain(`\n${lines.join('\n')}\n`);
});

test('what an answer costs is told in development only, unless it is switched on or off', async () => {
  const token = await world.token('ada');
  const cost = async (variables: Readonly<Record<string, string>>) =>
    (await send(world.gatewayWith(variables), '{ viewer { firstName } }', { token })).extensions.cost;
  expect(await cost({})).toEqual({ calls: [{ source: 'clerk', call: 'users', ms: expect.any(Number) }] });
  expect(await cost({ NODE_ENV: 'production' })).toBeUndefined();
  expect(await cost({ NODE_ENV: 'production', GATEWAY_COST: 'on' })).toBeDefined();
  expect(await cost({ GATEWAY_COST: 'off' })).toBeUndefined();
});
