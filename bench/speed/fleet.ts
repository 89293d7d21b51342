import { refuses } from './answers';
import { checkTokens, tellsId } from './ask';
import type { Cores } from './cores';
import type { Operation } from './operations';
import { type RunningServer, startServer } from './running-server';
import { LIST_SERVER, type ServerSpec } from './servers';
import type { World } from './world';

export interface FleetOptions {
  readonly world: World;
  readonly cores: Cores | undefined;
  /** More of Node's own arguments. */
  readonly nodeArguments: readonly string[];
  readonly progress: (line: string) => void;
}

/** The servers of a run. All that were started run until the end, idle but for the one that is measured. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #running = new Map<ServerSpec, RunningServer>();

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /**
   * A server that answers rightly, and refuses bad tokens; started where it was not yet.
   * @param first what it is asked, of which every server has the same.
   * @param secret what nobody is told without a good token.
   */
  async server(spec: ServerSpec, first: Operation, secret: string): Promise<RunningServer> {
    const known = this.#running.get(spec);
    if (known !== undefined) return known;
    const server = await this.startAnother(spec, first);
    this.#running.set(spec, server);
    await checkTokens(server, first, refuses(secret), this.#options.world);
    this.#options.progress(
      `${spec.name} started in ${Math.round(server.startupMs)} ms, and answers and refuses rightly`,
    );
    return server;
  }

  /** One that nobody else uses, and whoever asked for it stops. */
  startAnother(spec: ServerSpec, first: Operation): Promise<RunningServer> {
    const { world, cores, nodeArguments } = this.#options;
    return startServer(spec, {
      cores,
      variables: world.variables,
      nodeArguments,
      isReady: tellsId(spec, first),
    });
  }

  /** By name, what each took to start, in milliseconds. */
  startupMs(): Record<string, number> {
    return Object.fromEntries(
      [...this.#running.values()]
        .filter(({ spec }) => spec !== LIST_SERVER)
        .map(({ spec, startupMs }) => [spec.name, Math.round(startupMs)]),
    );
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((server) => server.stop()));
  }
}
