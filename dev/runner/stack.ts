import { type ApplicationProcess, assertPortIsFree, NEXT, runApplication } from './application';
import { type Services, startServices } from './services';
import type { Settings } from './settings';
import { step } from './terminal';

/** Keeps the build of `npm run preview`, which holds the local keys, away from a real one. */
const PREVIEW_FOLDER = '.preview';

/** What runs, in the order in which it was started. `stop` ends it, in reverse. */
export class Stack {
  #services: Services | undefined;
  #application: ApplicationProcess | undefined;
  #stopped: Promise<void> | undefined;

  get services(): Services | undefined {
    return this.#services;
  }

  /**
   * Starts the services, then the application, and warms its endpoint up.
   * @returns the running application.
   * @throws {Error} that says what to mend. What was started by then is left for {@link Stack.stop}.
   */
  async start(settings: Settings, projectFolder: string): Promise<ApplicationProcess> {
    const { ports } = settings;
    await assertPortIsFree(ports.app);
    this.#services = await startServices(settings);

    const appUrl = `http://localhost:${ports.app}`;
    const env = environment(settings, appUrl, this.#services.variables);
    for (const build of builds(settings)) await this.#build(build, projectFolder, env);
    return step(
      'Application',
      async () => {
        this.#application = runApplication(server(settings), projectFolder, env);
        await this.#application.ready;
        await warmUp(appUrl, this.#application);
        return this.#application;
      },
      () => appUrl,
    );
  }

  /** Ends all of it. Calling it again waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= (async () => {
      await this.#application?.stop();
      await this.#services?.close();
    })();
    return this.#stopped;
  }

  async #build({ script, result }: Build, projectFolder: string, env: NodeJS.ProcessEnv): Promise<void> {
    await step(
      'Build',
      async () => {
        const build = runApplication(script, projectFolder, env);
        this.#application = build;
        // A build is never "ready": it ends.
        build.ready.catch(() => {});
        const { exitCode, description } = await build.ended;
        if (exitCode !== 0) throw new Error(`${description}\n\nThe build failed.`);
      },
      () => result,
    );
  }
}

type Script = readonly [script: string, ...args: string[]];

interface Build {
  readonly script: Script;
  /** Where it is. */
  readonly result: string;
}

const PAGES: Build = { script: [NEXT, 'build'], result: PREVIEW_FOLDER };
const SERVERS: Build = { script: ['server/build.mjs'], result: 'dist' };

/** What has to be built before the server can start. */
function builds({ mode, server }: Settings): readonly Build[] {
  if (mode === 'dev') return [];
  return { next: [PAGES], serve: [SERVERS], 'serve-pages': [PAGES, SERVERS] }[server];
}

function server({ mode, server, ports }: Settings): Script {
  const [host, port] = ['localhost', String(ports.app)];
  if (mode === 'dev') return [NEXT, 'dev', '-H', host, '-p', port];
  return server === 'next' ? [NEXT, 'start', '-H', host, '-p', port] : [`dist/${server}.js`];
}

function environment(
  { mode, server, clerk, ports }: Settings,
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
    GATEWAY_LOG_LEVEL: process.env.GATEWAY_LOG_LEVEL || (server === 'next' ? 'warn' : 'info'),
    ...(server === 'next'
      ? {}
      : {
          HOSTNAME: 'localhost',
          PORT: String(ports.app),
          GATEWAY_LOG_FORMAT: process.env.GATEWAY_LOG_FORMAT || 'pretty',
        }),
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
  };
}

/** The first request compiles the endpoint: better now than when somebody waits for an answer. */
async function warmUp(appUrl: string, next: ApplicationProcess): Promise<void> {
  const request = fetch(`${appUrl}/api/graphql?query=%7B__typename%7D`);
  const ended = next.ended.then(({ description }) => {
    throw new Error(description);
  });
  const response = await Promise.race([request, ended]);
  if (response.status !== 200)
    throw new Error(`${next.lastOutput()}\n\nThe endpoint answers ${response.status} to { __typename }.`);
}
