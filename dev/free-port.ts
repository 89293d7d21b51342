import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below those that the system hands out: no server that asked for any port, and no connection to elsewhere,
 * takes it before the one it is for is up, or while that one is down.
 */
const [LEAST, MOST] = [20_000, 32_000];

/** A port of the loopback interface that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LEAST + Math.floor(Math.random() * (MOST - LEAST));
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      return port;
    } catch {
      // Taken: another one.
    } finally {
      server.close();
    }
  }
}
