import type { TestProject } from 'vitest/node';
import { freePort } from '../../../dev/free-port';
import { runScript } from '../../harness/command';

declare module 'vitest' {
  interface ProvidedContext {
    /** Origin of the application. */
    appUrl: string;
    /** Base URL of its local Clerk. */
    clerkUrl: string;
    supabaseUrl: string;
    mode: 'dev' | 'preview';
  }
}

/** Life of a session token, in seconds: a tenth of the usual, so that a test need not wait long for one to expire. */
export const TOKEN_LIFETIME = 15;

/** What `E2E_APP` may say, and how that is started. */
const APPLICATIONS: Readonly<Record<string, readonly ['dev' | 'preview', ...string[]]>> = {
  dev: ['dev'],
  preview: ['preview'],
  'serve-pages': ['preview', '--serve-pages'],
};

/** Starts `npm run preview`, or what `E2E_APP` says, as a user would, and stops it when all is done. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [mode, ...options] = APPLICATIONS[process.env.E2E_APP ?? 'preview'] ?? ['preview'];
  const [app, clerk, supabase] = [await freePort(), await freePort(), await freePort()];
  const application = runScript(mode, options, {
    PORT: String(app),
    LOCAL_CLERK_PORT: String(clerk),
    LOCAL_SUPABASE_PORT: String(supabase),
    LOCAL_CLERK_TOKEN_LIFETIME: String(TOKEN_LIFETIME),
    GATEHOUSE_DIST_DIR: '.preview',
  });
  await application.printed(/Ctrl-C stops everything/);
  project.provide('appUrl', `http://localhost:${app}`);
  project.provide('clerkUrl', `http://127.0.0.1:${clerk}`);
  project.provide('supabaseUrl', `http://127.0.0.1:${supabase}`);
  project.provide('mode', mode);
  return async () => {
    application.interrupt();
    await application.ended;
  };
}
