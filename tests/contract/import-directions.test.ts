import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const CRUISER = fileURLToPath(
  new URL('../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url),
);
const FOLDERS = ['app', 'schema', 'resolvers', 'sources', 'gateway', 'errors', 'dev', 'tests'];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** What the rules say of the folders of a project. The command fails where they say anything. */
async function violations(folder: string): Promise<Violation[]> {
  const config = join(PROJECT, 'dependency-cruiser.config.mjs');
  const run = promisify(execFile)(
    process.execPath,
    [CRUISER, '--config', config, '--output-type', 'json', ...FOLDERS],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  ).catch((failed: { readonly stdout: string }) => failed);
  return JSON.parse((await run).stdout).summary.violations;
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import directions '));
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  await symlink(join(PROJECT, 'tsconfig.json'), join(folder, 'tsconfig.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Imports that must be refused: by rule, the importing file and what it imports. */
const WRONG: readonly (readonly [rule: string, from: string, to: string])[] = [
  ['errors-are-plain', 'errors/a', '../sources/ports'],
  ['sources-know-no-callers', 'sources/a', '../gateway/target'],
  ['resolvers-reach-sources-through-ports', 'resolvers/a', '../sources/clerk/target'],
  ['resolvers-reach-sources-through-ports', 'resolvers/b', '../schema/target'],
  ['resolvers-know-no-graphql', 'resolvers/c', 'graphql'],
  ['schema-reaches-sources-through-ports', 'schema/a', '../sources/clerk/target'],
  ['schema-reaches-sources-through-ports', 'schema/b', '../gateway/target'],
  ['gateway-knows-no-pages', 'gateway/a', '../app/target'],
  ['gateway-knows-no-pages', 'gateway/b', '../dev/target'],
  ['app-enters-through-the-gateway', 'app/a', '../schema/target'],
  ['dev-stands-alone', 'dev/a', '../gateway/target'],
  ['next-in-app-only', 'gateway/c', 'next'],
  ['next-in-app-only', 'sources/b', '@clerk/nextjs'],
  ['pothos-in-schema-only', 'gateway/d', '@pothos/core'],
  ['clerk-backend-in-sources-only', 'gateway/e', '@clerk/backend'],
  ['clerk-backend-in-sources-only', 'resolvers/d', '@clerk/backend'],
  ['clerk-backend-in-sources-only', 'gateway/g', '@clerk/shared/authorization'],
  ['tests-are-not-imported', 'gateway/f', '../tests/target'],
];

/** Imports that must be let through. */
const RIGHT: readonly (readonly [from: string, to: string])[] = [
  ['app/ok', '../gateway/target'],
  ['gateway/ok', '../schema/target'],
  ['gateway/ok2', '../sources/clerk/target'],
  ['schema/ok', '../resolvers/target'],
  ['schema/ok2', '../sources/ports'],
  ['resolvers/ok', '../sources/ports'],
  ['sources/clerk/ok', '@clerk/backend'],
  ['resolvers/ok2', '../errors/target'],
];

test('the project imports in the allowed directions only', async () => {
  expect(await violations(PROJECT)).toEqual([]);
});

test('each wrong direction is found, and no right one', async () => {
  const write = async (path: string, text: string) => {
    const file = join(folder, `${path}.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  for (const path of [...FOLDERS.map((name) => `${name}/target`), 'sources/ports', 'sources/clerk/target'])
    await write(path, 'export const value = 1;\n');
  for (const [from, to] of [...WRONG.map(([, ...edge]) => edge), ...RIGHT])
    await write(from, `import * as target from '${to}';\nexport default target;\n`);

  const found = (await violations(folder)).map(
    ({ from, rule }) => `${rule.name}: ${from.replace(/\.ts$/, '')}`,
  );
  expect(found.sort()).toEqual(
    expect.arrayContaining(WRONG.map(([rule, from]) => `${rule}: ${from}`).sort()),
  );
  const right = new Set(RIGHT.map(([from]) => from));
  expect(found.filter((violation) => right.has(violation.split(': ')[1] ?? ''))).toEqual([]);
});
