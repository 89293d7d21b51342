import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { answerTurns } from './answer-turns';
import type { PlainAnswer } from './fast-path';
import type { Gateway } from './gateway';
import { NodeArrival } from './node-arrival';

/** What Node's HTTP server calls with each request. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * From so many characters on a body is encoded before Node gets it, and at once: the text would be moved about by the collector while it
 * waits for its turn. Node would join it to the head, count its bytes twice more, and keep it beside the encoded copy until a slow reader
 * has read it; of a small one that costs less than a second piece to write.
 */
const LARGE = 64 * 1024;

/** From so many characters on, what has arrived while an answer was made comes before it is encoded. */
const HUGE = 1024 * 1024;

/** A gateway for Node's own HTTP server: ordinary requests go the fast path, all others through `Gateway.fetch`. */
export function nodeListener(gateway: Gateway): NodeListener {
  const atEndOfTurn = answerTurns();
  const listener = getRequestListener(
    (request, { incoming }) => gateway.fetch(request, { address: incoming.socket.remoteAddress }),
    { overrideGlobalObjects: false },
  );

  async function listen(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (repeatsFields(incoming)) return listener(incoming, outgoing);
    const arrival = new NodeArrival(incoming, outgoing);
    const answer = await gateway.fastPath(arrival);
    if (answer !== undefined) {
      if (answer.body.length >= HUGE) await setImmediate();
      const body = encodedIfLarge(answer.body);
      return atEndOfTurn(() => write(answer, body, outgoing));
    }
    const { rawBody } = arrival;
    await listener(rawBody === undefined ? incoming : Object.assign(incoming, { rawBody }), outgoing);
  }
  return (incoming, outgoing) => {
    listen(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
  };
}

function repeatsFields({ headers, rawHeaders }: IncomingMessage): boolean {
  return Object.keys(headers).length * 2 !== rawHeaders.length;
}

/** A body with the encoding that it is to be written in, and its length in bytes. */
interface Encoded {
  readonly content: string | Buffer;
  readonly encoding: BufferEncoding;
  readonly bytes: number;
}

function encodedIfLarge(body: string): Encoded {
  const bytes = Buffer.byteLength(body);
  // A text of one byte each is the same in both, and written faster in one.
  const encoding = bytes === body.length ? 'latin1' : 'utf8';
  if (body.length < LARGE) return { content: body, encoding, bytes };
  // `Buffer.from` would count the bytes again.
  const content = Buffer.allocUnsafeSlow(bytes);
  content.write(body, encoding);
  return { content, encoding, bytes };
}

function write(
  { status, fields }: PlainAnswer,
  { content, encoding, bytes }: Encoded,
  outgoing: ServerResponse,
): void {
  // Nobody is there to read it.
  if (outgoing.destroyed) return;
  fields.push('content-length', String(bytes));
  outgoing.writeHead(status, fields);
  outgoing.end(content, encoding);
}
