/** Requests that are sent one after the other, from the first again after the last. */
export interface Requests {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Each goes with a token; undefined: without. */
  readonly tokens?: readonly string[] | undefined;
  /** How often each token is sent: by a hundred callers in turn, and then by the next hundred. Default: once. */
  readonly perToken?: number;
  /** Of a POST: JSON. */
  readonly bodies: readonly string[];
}

/** Callers who are there at the same time where tokens are sent more than once: more than requests that are under way. */
const CALLERS = 100;

/** Headers of a request as a client sends them. */
export function headersOf(token: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** The requests as they are on the wire. As many as there are different ones. */
export function onTheWire(requests: Requests, port: number): Buffer[] {
  const { method, path, tokens = [undefined], perToken = 1, bodies } = requests;
  const count = Math.max(tokens.length * perToken, bodies.length);
  return Array.from({ length: count }, (_, index) => {
    const token = tokens[tokenAt(index, perToken) % tokens.length];
    const body = bodies[index % bodies.length] ?? '';
    const headers = Object.entries({
      host: `127.0.0.1:${port}`,
      connection: 'keep-alive',
      ...headersOf(token),
      ...(method === 'POST' ? { 'content-length': Buffer.byteLength(body) } : {}),
    });
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n${method === 'POST' ? body : ''}`);
  });
}

/** Which of the tokens a request goes with. */
function tokenAt(index: number, perToken: number): number {
  const turn = Math.floor(index / (CALLERS * perToken));
  return turn * CALLERS + (index % CALLERS);
}
