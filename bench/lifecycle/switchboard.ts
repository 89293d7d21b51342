import { isReady, type ProductionServer } from './production-server';

/** How often servers are asked whether they are ready, in milliseconds. */
const ASK_MS = 100;

/** What balances the load: it sends requests to those servers only that were ready when they were asked last. */
export class Switchboard {
  readonly #servers = new Map<ProductionServer, boolean>();
  readonly #timer: NodeJS.Timeout;
  #turn = 0;

  constructor() {
    this.#timer = setInterval(() => void this.#ask(), ASK_MS);
  }

  /** @param server a ready one. */
  add(server: ProductionServer): void {
    this.#servers.set(server, true);
  }

  remove(server: ProductionServer): void {
    this.#servers.delete(server);
  }

  isServing(server: ProductionServer): boolean {
    return this.#servers.get(server) ?? false;
  }

  /** @throws {Error} where no server is ready. */
  pick(): string {
    const ready = [...this.#servers].filter(([, isIt]) => isIt).map(([server]) => server);
    const server = ready[this.#turn++ % ready.length];
    if (server === undefined) throw new Error('No server is ready.');
    return server.endpoint;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    await Promise.all(
      [...this.#servers.keys()].map(async (server) => {
        const answer = await isReady(server.url);
        if (this.#servers.has(server)) this.#servers.set(server, answer);
      }),
    );
  }
}
