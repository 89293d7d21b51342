import { connect, type Socket } from 'node:net';
import { type Received, ResponseReader } from './response-reader';

interface Waiting {
  readonly resolve: (received: Received) => void;
  readonly reject: (error: unknown) => void;
}

/** An HTTP/1.1 connection that is kept alive, with one request under way at a time. */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  #waiting: Waiting | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
      .on('data', (chunk) => this.#read(chunk))
      .on('error', (error) => this.#waiting?.reject(error))
      .on('close', () => this.#waiting?.reject(new Error('The server closed a connection.')));
  }

  /** @throws {Error} where the connection breaks, or the end of the answer cannot be told. */
  ask(request: Buffer): Promise<Received> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (this.#socket.destroyed) reject(new Error('The server closed a connection.'));
      else this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    try {
      const received = this.#reader.read(chunk);
      if (received !== undefined) this.#waiting?.resolve(received);
    } catch (error) {
      this.#waiting?.reject(error);
    }
  }
}
