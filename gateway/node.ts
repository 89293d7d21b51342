import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { PlainAnswer } from './fast-path';
import type { Gateway } from './gateway';
import { NodeArrival } from './node-arrival';

/** What Node's HTTP server calls with each request. */
export type NodeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A gateway for Node's own HTTP server: ordinary requests go the fast path, all others through `Gateway.fetch`. */
export function nodeListener(gateway: Gateway): NodeListener {
  const listener = getRequestListener(
    (request, { incoming }) => gateway.fetch(request, { address: incoming.socket.remoteAddress }),
    { overrideGlobalObjects: false },
  );

  async function listen(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const answer = repeatsFields(incoming)
      ? undefined
      : await gateway.fastPath(new NodeArrival(incoming, outgoing));
    if (answer === undefined) await listener(incoming, outgoing);
    else write(answer, outgoing);
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
  outgoing.writeHead(status, ['content-length', String(Buffer.byteLength(body)), ...fields]);
  outgoing.end(body);
}
