import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that has arrived. */
export interface ApiCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  /** Empty where none was sent. */
  readonly body: string;
}

/** What an API answers, as JSON. */
export interface ApiAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Does anything to a response but answer it properly. */
export type Misbehaviour = (response: ServerResponse) => void;

/** An API on the loopback interface. */
export interface ApiServer {
  readonly url: string;
  /** Calls so far, since they were last taken. */
  takeCalls(): ApiCall[];
  /** Resolves when the next call has arrived. */
  nextCall(): Promise<ApiCall>;
  /** Resolves when a connection is closed whose response was not finished. */
  nextCutOff(): Promise<void>;
  /** Meets every call from now on; `null` goes back to answering. */
  misbehave(misbehaviour: Misbehaviour | null): void;
  close(): Promise<void>;
}

/** Serves JSON. An answer that fails is a 500 that says why. */
export async function startApi(answer: (call: ApiCall) => Promise<ApiAnswer>): Promise<ApiServer> {
  let calls: ApiCall[] = [];
  let misbehaviour: Misbehaviour | null = null;
  const arrivals: ((call: ApiCall) => void)[] = [];
  const cutOffs: (() => void)[] = [];

  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) for (const resolve of cutOffs.splice(0)) resolve();
    });
    const call = await received(request);
    calls.push(call);
    for (const resolve of arrivals.splice(0)) resolve(call);
    if (misbehaviour !== null) return misbehaviour(response);
    const {
      status = 200,
      headers = {},
      body,
    } = await answer(call).catch((error: unknown): ApiAnswer => ({ status: 500, body: String(error) }));
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    nextCall: () => new Promise((resolve) => arrivals.push(resolve)),
    nextCutOff: () => new Promise((resolve) => cutOffs.push(resolve)),
    misbehave(next) {
      misbehaviour = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function received(request: IncomingMessage): Promise<ApiCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '', 'http://api.invalid'),
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

/** Never answers. */
export const hang: Misbehaviour = () => {};

/** Begins to answer and never comes to an end, a byte at a time. */
export const dripBody: Misbehaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Answers without end, as fast as it is read. */
export const floodBody: Misbehaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const chunk = ' '.repeat(64 * 1024);
  const flow = () => {
    while (!response.closed && response.write(chunk));
  };
  response.on('drain', flow);
  flow();
};

/** Answers so, whatever was asked. */
export function say(
  status: number,
  body: string | object,
  headers: Readonly<Record<string, string>> = {},
): Misbehaviour {
  return (response) => {
    const json = typeof body === 'object';
    response
      .writeHead(status, { 'content-type': json ? 'application/json' : 'text/html', ...headers })
      .end(json ? JSON.stringify(body) : body);
  };
}
