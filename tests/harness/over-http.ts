import { once } from 'node:events';
import {
  type ClientRequest,
  createServer,
  type IncomingMessage,
  request as open,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { type Gateway, nodeListener } from '../../gateway';

/** A gateway behind a port. */
export interface ServedGateway extends Gateway {
  close(): Promise<void>;
}

/**
 * A gateway that is asked over HTTP, as `npm run serve` serves it: `fetch` sends the request and gives the response. The server starts
 * with the first request. A request that tells of its connection cannot be sent over another one: it goes past the server.
 */
export function overHttp(gateway: Gateway): ServedGateway {
  let server: Promise<Server> | undefined;
  return {
    ...gateway,
    async fetch(request, connection) {
      if (connection !== undefined) return gateway.fetch(request, connection);
      server ??= listen(gateway);
      return send(request, ((await server).address() as AddressInfo).port);
    },
    async close() {
      const running = await server;
      running?.closeAllConnections();
      await new Promise<void>((resolve) => (running ? running.close(() => resolve()) : resolve()));
    },
  };
}

/** A gateway on Node's own server, on a port of its own. */
export async function listen(gateway: Gateway): Promise<Server> {
  const server = createServer(nodeListener(gateway));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Not with `fetch`, which sends no header of its own choice and hides what it does not like. */
async function send(request: Request, port: number): Promise<Response> {
  const { pathname, search, host } = new URL(request.url);
  const body = new Body(request);
  const whole = await body.whole();
  return new Promise((resolve, reject) => {
    const outgoing = open({
      host: '127.0.0.1',
      port,
      method: request.method,
      path: `${pathname}${search}`,
      headers: {
        host,
        ...(whole === undefined ? {} : { 'content-length': whole.byteLength }),
        ...Object.fromEntries(request.headers),
      },
    });
    request.signal.addEventListener(
      'abort',
      () => {
        // Whoever goes away sees no answer. This is what the gateway writes into its log.
        resolve(new Response(null, { status: CALLER_WENT_AWAY }));
        outgoing.destroy();
      },
      { once: true },
    );
    outgoing.on('error', reject);
    outgoing.once('response', (incoming) => {
      // What is answered needs no more of the body.
      body.stop();
      resolve(toResponse(incoming));
    });
    if (whole === undefined) void body.pipe(outgoing);
    else outgoing.end(whole);
  });
}

/** What a client knows before it sends it is sent with its length, as clients do; a stream comes in chunks. */
class Body {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #chunks: Uint8Array[] = [];
  #reading: Promise<boolean> | undefined;

  constructor({ body }: Request) {
    this.#reader = body?.getReader();
  }

  /** Undefined where it is not all there. */
  async whole(): Promise<Uint8Array | undefined> {
    const waited = new Promise<undefined>((resolve) => setImmediate(resolve, undefined));
    while (this.#chunks.length < MOST_CHUNKS_AT_HAND) {
      this.#reading = this.#read();
      const more = await Promise.race([this.#reading, waited]);
      if (more === undefined) return undefined;
      if (!more) return Buffer.concat(this.#chunks);
    }
    return undefined;
  }

  async pipe(outgoing: ClientRequest): Promise<void> {
    const closed = new Promise<void>((resolve) => outgoing.once('close', resolve));
    void closed.then(() => this.stop());
    try {
      let more = await this.#reading;
      while (!outgoing.destroyed) {
        for (const chunk of this.#chunks.splice(0))
          if (!outgoing.write(chunk)) await Promise.race([once(outgoing, 'drain'), closed]);
        if (!more) return void outgoing.end();
        more = await this.#read();
      }
    } catch (error) {
      outgoing.destroy(error as Error);
    }
  }

  stop(): void {
    void this.#reader?.cancel().catch(() => {});
  }

  /** @returns whether there may be more. */
  async #read(): Promise<boolean> {
    const { done, value } = (await this.#reader?.read()) ?? { done: true };
    if (value !== undefined) this.#chunks.push(value);
    return !done;
  }
}

/** More pieces than any body has that was made of a text. */
const MOST_CHUNKS_AT_HAND = 8;

const CALLER_WENT_AWAY = 499;

const WITHOUT_BODY = [204, 304];

function toResponse(incoming: IncomingMessage): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  if (!WITHOUT_BODY.includes(status))
    return new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array>, {
      status,
      statusText,
      headers,
    });
  incoming.resume();
  return new Response(null, { status, statusText, headers });
}
