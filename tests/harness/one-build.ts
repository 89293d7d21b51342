import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from './command';

const LOCK = join(PROJECT_FOLDER, 'node_modules', '.one-build');

/** How often to look whether the other build has ended, in milliseconds. */
const LOOK_MS = 250;

/**
 * Waits until no other test file builds the application, or starts it in development, and keeps them from it: each build checks types, and
 * reads those that another one is writing.
 * @returns lets the others go on.
 */
export async function oneBuild(): Promise<() => Promise<void>> {
  while (!(await take())) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  return () => rm(LOCK, { force: true });
}

async function take(): Promise<boolean> {
  try {
    const file = await open(LOCK, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch {
    const holder = Number(await readFile(LOCK, 'utf8').catch(() => ''));
    // Whoever was stopped while building has left it behind.
    if (holder > 0 && !isRunning(holder)) await rm(LOCK, { force: true });
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
