import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createGateway, type Gateway, parseEnv } from '../../../gateway';
import { listSchema } from './list-schema';

/** The gateway outside Next, with the list for its schema. Listens where HOSTNAME and PORT say. */
createServer(listener(createGateway(parseEnv(), { schema: listSchema }))).listen(
  Number(process.env.PORT),
  process.env.HOSTNAME,
);

// TO BE REPLACED by the gateway's own adapter for node:http, once there is one: `nodeListener(gateway)`.
function listener(gateway: Gateway) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const response = await gateway.fetch(request);
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, {
      ...Object.fromEntries(response.headers),
      'content-length': body.length,
    });
    outgoing.end(body);
  };
}
