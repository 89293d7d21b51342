import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type DigestOf, digestOfLast } from '../sources/clerk';
import type { Arrival } from './fast-path';
import type { HeaderReader } from './header-reader';
import { brokenBody, decode, lateBody } from './read-body';
import type { Caller } from './request-deadline';

/** Of the connections that are open. */
const digests = new WeakMap<Socket, DigestOf>();

/**
 * A request of Node's HTTP server that sends no header field twice: of some Node keeps the first, where `Headers` joins them. Whatever
 * of it costs time is done when somebody asks for it.
 */
export class NodeArrival implements Arrival {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderReader;
  readonly caller: Caller;
  readonly #incoming: IncomingMessage;
  readonly #outgoing: ServerResponse;
  #read: readonly Buffer[] | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.method = incoming.method ?? '';
    this.url = incoming.url ?? '';
    this.headers = new NodeHeaders(incoming.headers);
    this.caller = new NodeCaller(outgoing);
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  get address(): string | undefined {
    return this.#incoming.socket.remoteAddress;
  }

  get digestOf(): DigestOf {
    const { socket } = this.#incoming;
    let digestOf = digests.get(socket);
    if (digestOf === undefined) {
      digestOf = digestOfLast();
      digests.set(socket, digestOf);
    }
    return digestOf;
  }

  /** The body, where it was read: nobody can read it from the connection any more. */
  get rawBody(): Buffer | undefined {
    return this.#read && Buffer.concat(this.#read);
  }

  readBody(patienceMs: number): Promise<string> {
    const incoming = this.#incoming;
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      // Where all of it has come with the head, which is usual, there is nothing to wait for.
      const timer = incoming.complete
        ? undefined
        : setTimeout(() => {
            // Nothing else can come on a connection whose last request has not ended.
            this.#outgoing.shouldKeepAlive = false;
            this.#outgoing.once('finish', () => incoming.socket.destroySoon());
            reject(lateBody());
          }, patienceMs);
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        clearTimeout(timer);
        this.#read = chunks;
        try {
          resolve(decode(chunks));
        } catch (error) {
          reject(error);
        }
      });
      incoming.on('error', (error) => {
        clearTimeout(timer);
        reject(brokenBody(error));
      });
    });
  }
}

class NodeHeaders implements HeaderReader {
  readonly #fields: IncomingMessage['headers'];

  constructor(fields: IncomingMessage['headers']) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    const value = this.#fields[name];
    return typeof value === 'string' ? value : null;
  }
}

/** Whoever is at the other end of a connection: gone where it closes before the answer is written. */
class NodeCaller implements Caller {
  aborted = false;
  reason: unknown;
  #controller: AbortController | undefined;

  constructor(outgoing: ServerResponse) {
    outgoing.on('close', () => {
      if (outgoing.writableFinished) return;
      this.aborted = true;
      this.reason = new DOMException('The caller went away.', 'AbortError');
      this.#controller?.abort(this.reason);
    });
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }
}
