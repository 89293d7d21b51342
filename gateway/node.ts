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
 * From so many characters on a body is encoded before Node gets it. Node would join the text to the head, count its bytes twice more, and
 * keep it beside the encoded copy until a slow reader has read it; of a small one that costs less than a second piece to write.
 */
const LARGE = 64 * 1024;

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
      // What has arrived while a large one was made comes before it is encoded.
      if (answer.body.length >= LARGE) await setImmediate();
      return atEndOfTurn(() => write(answer, outgoing));
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

function write({ status, fields, body }: PlainAnswer, outgoing: ServerResponse): void {
  // Nobody is there to read it.
  if (outgoing.destroyed) return;
  const bytes = Buffer.byteLength(body);
  fields.push('content-length', String(bytes));
  outgoing.writeHead(status, fields);
  // A text of one byte each is the same in both, and written faster in one.
  const encoding = bytes === body.length ? 'latin1' : 'utf8';
  outgoing.end(body.length < LARGE ? body : encoded(body, bytes, encoding), encoding);
}

/** `Buffer.from`, which would count the bytes again. */
function encoded(body: string, bytes: number, encoding: BufferEncoding): Buffer {
  const buffer = Buffer.allocUnsafeSlow(bytes);
  buffer.write(body, encoding);
  return buffer;
}
