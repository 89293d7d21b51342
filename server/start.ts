import { setFlagsFromString } from 'node:v8';

/**
 * Starts a server of this process. It is loaded with `load`, after the environment says that this is production: Next and graphql look
 * at that while they are loaded, and what is off in production has to be off here.
 */
export async function start(load: () => Promise<() => Promise<void>>): Promise<void> {
  // From the first requests of many callers, of whom something stays, V8 learns that what some places in the code make lives long. It
  // would make it in the old space then, for every request: there it waits for a full collection, and what hangs on it too.
  setFlagsFromString('--no-allocation-site-pretenuring');
  Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || 'production' });
  try {
    const serve = await load();
    await serve();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
