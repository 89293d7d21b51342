import { assertPortIsFree, type NextProcess, runNext } from './next';
import { type Services, startServices } from './services';
import type { Settings } from './settings';
import { step } from './terminal';

/** Keeps the build of `npm run preview`, which holds the local keys, away from a real one. */
const PREVIEW_FOLDER = '.preview';

/** What runs, in the order in which it was started. `stop` ends it, in reverse. */
export class Stack {
  #services: Services | undefined;
  #next: NextProcess | undefined;
  #stopped: Promise<void> | undefined;

  get services(): Services | undefined {
    return this.#services;
  }

  /**
   * Starts the services, then the application, and warms its endpoint up.
   * @returns the running application.
   * @throws {Error} that says what to mend. What was started by then is left for {@link Stack.stop}.
   */
  async start(settings: Settings, projectFolder: string): Promise<NextProcess> {
    const { mode, ports } = settings;
    await assertPortIsFree(ports.app);
    this.#services = await startServices(settings);

    const appUrl = `http://localhost:${ports.app}`;
    const env = environment(settings, appUrl, this.#services.variables);
    if (mode === 'preview') await this.#build(projectFolder, env);
    return step(
      'Application',
      async () => {
        const command = mode === 'dev' ? 'dev' : 'start';
        this.#next = runNext([command, '-H', 'localhost', '-p', String(ports.app)], projectFolder, env);
        await this.#next.ready;
        await warmUp(appUrl, this.#next);
        return this.#next;
      },
      () => appUrl,
    );
  }

  /** Ends all of it. Calling it again waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= (async () => {
      await this.#next?.stop();
      await this.#services?.close();
    })();
    return this.#stopped;
  }

  async #build(projectFolder: string, env: NodeJS.ProcessEnv): Promise<void> {
    await step(
      'Build',
      async () => {
        const build = runNext(['build'], projectFolder, env);
        this.#next = build;
        // A build is never "ready": it ends.
        build.ready.catch(() => {});
        const { exitCode, description } = await build.ended;
        if (exitCode !== 0) throw new Error(`${description}\n\nThe build failed.`);
      },
      () => PREVIEW_FOLDER,
    );
  }
}

function environment(
  { mode, clerk }: Settings,
  appUrl: string,
  variables: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...variables,
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    // Tokens of the local Clerk name this origin; a real instance may be set up for others.
    ...(clerk === null && process.env.GATEWAY_URL === undefined ? { GATEWAY_URL: appUrl } : {}),
    ...(mode === 'preview'
      ? {
          GATEHOUSE_DIST_DIR: PREVIEW_FOLDER,
          // Off in production, and what somebody who looks at a preview wants to see.
          GATEWAY_GRAPHIQL: process.env.GATEWAY_GRAPHIQL || 'on',
          GATEWAY_INTROSPECTION: process.env.GATEWAY_INTROSPECTION || 'on',
        }
      : {}),
    // Next prints a line for each request already.
    GATEWAY_LOG_LEVEL: process.env.GATEWAY_LOG_LEVEL || 'warn',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
  };
}

/** The first request compiles the endpoint: better now than when somebody waits for an answer. */
async function warmUp(appUrl: string, next: NextProcess): Promise<void> {
  const request = fetch(`${appUrl}/api/graphql?query=%7B__typename%7D`);
  const ended = next.ended.then(({ description }) => {
    throw new Error(description);
  });
  const response = await Promise.race([request, ended]);
  if (response.status !== 200)
    throw new Error(`${next.lastOutput()}\n\nThe endpoint answers ${response.status} to { __typename }.`);
}
