import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHABLE_KEY } from '../../dev/clerk/instance';
import { collect, PROJECT_FOLDER, productionEnvironment } from '../lifecycle/child-process';
import { buildForProduction } from '../lifecycle/production-server';
import { PEERS_FOLDER } from './servers';

/** The key becomes part of what Next builds. */
const BUILD_ENVIRONMENT = productionEnvironment({ NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY });

/**
 * Installs the peers where their lock file is newer, and builds all that is measured.
 * @throws {Error} with the output, where a command fails.
 */
export async function setUp(progress: (line: string) => void): Promise<void> {
  await installPeers(progress);
  progress('building the gateway in Next …');
  await buildForProduction();
  progress('building the gateway outside Next …');
  await run(PROJECT_FOLDER, BUILD_ENVIRONMENT, 'npm', ['run', '--silent', 'build:serve']);
  progress('building the peers in Next …');
  await run(PEERS_FOLDER, BUILD_ENVIRONMENT, process.execPath, [
    'node_modules/next/dist/bin/next',
    'build',
    'next',
  ]);
}

/** npm notes in a file when it was here last. */
async function installPeers(progress: (line: string) => void): Promise<void> {
  const installed = join(PEERS_FOLDER, 'node_modules/.package-lock.json');
  const isCurrent =
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(PEERS_FOLDER, 'package-lock.json')).mtimeMs;
  if (isCurrent) return;
  progress('installing the peers …');
  // How the registry is reached is the machine's own affair.
  await run(PEERS_FOLDER, process.env, 'npm', ['ci', '--ignore-scripts']);
}

async function run(
  cwd: string,
  env: NodeJS.ProcessEnv,
  command: string,
  commandArguments: readonly string[],
): Promise<void> {
  const child = spawn(command, commandArguments, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${commandArguments.join(' ')} failed:\n${output()}`);
}
