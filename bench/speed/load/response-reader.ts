/** An answer of which all has arrived. */
export interface Received {
  readonly status: number;
  /** Bytes of the body, without the framing of chunks. */
  readonly bodyBytes: number;
}

const NOTHING = Buffer.alloc(0);
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const LINE_END = Buffer.from('\r\n');

/**
 * Reads the answers of one HTTP/1.1 connection on which a request is sent only when the last one was answered. It knows as much of HTTP as
 * that takes: a load generator that does more takes longer than the fastest of the servers.
 */
export class ResponseReader {
  /** What has arrived and cannot be judged yet. */
  #waiting: Buffer = NOTHING;
  #status = 0;
  #bodyBytes = 0;
  /** Bytes of the body that are to come. */
  #left = 0;
  #expects: 'head' | 'body' | 'chunks' = 'head';

  /**
   * Takes what has arrived; the answer where that was the last of it.
   * @throws {Error} where the end of the answer cannot be told.
   */
  read(arrived: Buffer): Received | undefined {
    if (this.#expects === 'body') return this.#readBody(arrived.length);
    const bytes = this.#waiting.length === 0 ? arrived : Buffer.concat([this.#waiting, arrived]);
    this.#waiting = NOTHING;
    return this.#expects === 'head' ? this.#readHead(bytes) : this.#readChunks(bytes);
  }

  #readHead(bytes: Buffer): Received | undefined {
    const end = bytes.indexOf(END_OF_HEAD);
    if (end === -1) {
      this.#waiting = bytes;
      return undefined;
    }
    const head = bytes.toString('latin1', 0, end);
    const rest = end + END_OF_HEAD.length;
    this.#status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length !== undefined) {
      this.#expects = 'body';
      this.#bodyBytes = this.#left = Number(length);
      return this.#readBody(bytes.length - rest);
    }
    if (!/\r\ntransfer-encoding: *chunked/i.test(head))
      throw new Error(`An answer ends nobody knows where:\n${head}`);
    this.#expects = 'chunks';
    return this.#readChunks(bytes.subarray(rest));
  }

  #readBody(bytes: number): Received | undefined {
    this.#left -= bytes;
    return this.#left > 0 ? undefined : this.#done();
  }

  /** JSON has no line break that would look like the last chunk's. */
  #readChunks(bytes: Buffer): Received | undefined {
    const last = bytes.length - LAST_CHUNK.length;
    const isWhole =
      last >= 0 && bytes.subarray(last).equals(LAST_CHUNK) && (last === 0 || bytes[last - 1] === 0x0a);
    if (!isWhole) {
      this.#waiting = bytes;
      return undefined;
    }
    this.#bodyBytes = bytesInChunks(bytes);
    return this.#done();
  }

  #done(): Received {
    this.#expects = 'head';
    return { status: this.#status, bodyBytes: this.#bodyBytes };
  }
}

/** The sum of the sizes that stand before each chunk. */
function bytesInChunks(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf(LINE_END, at);
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    sum += size;
    at = lineEnd + size + 2 * LINE_END.length;
  }
  return sum;
}
