import { setFlagsFromString } from 'node:v8';

/**
 * Starts a server of this process. It is loaded with `load`, after the environment says that this is production: Next and graphql look
 * at that while they are loaded, and what is off in production has to be off here.
 */
export async function start(load: () => Promise<() => Promise<void>>): Promise<void> {
  // V8 learns where objects live long from the sessions that it has seen for the first time, and then makes those of every request in the old
  // space, where they and what hangs on them wait for a full collection.
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
