/** Requests that are sent one after the other, from the first again after the last. */
export interface Requests {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Each goes with a token; undefined: without. */
  readonly tokens?: readonly string[] | undefined;
  /** How often a token is sent before the next one is. Default: once. */
  readonly perToken?: number;
  /** Of a POST: JSON. */
  readonly bodies: readonly string[];
}

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
    const token = tokens[Math.floor(index / perToken) % tokens.length];
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
