import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';

/** The loopback address every local service listens on. Nothing in `dev/` may be reachable from elsewhere. */
export const LOOPBACK = '127.0.0.1';

/** A local service that is listening. */
export interface Service {
  /** Base URL without a trailing slash, such as `http://127.0.0.1:4410`. */
  readonly url: string;
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>;
  /** 0 takes any free port. */
  readonly port: number;
  /** The environment variable that sets the port: a taken port is reported under this name. */
  readonly portVariable: string;
}

/**
 * Serves a fetch handler on the loopback interface.
 *
 * @throws {Error} naming `portVariable` when the port is taken or may not be used.
 */
export function serve({ fetch, port, portVariable }: ServeOptions): Promise<Service> {
  const server = createAdaptorServer({ fetch: (request, env) => fetch(request, env as HttpBindings) });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(explainListenError(error, port, portVariable)),
    );
    server.listen(port, LOOPBACK, () => {
      const { port: actual } = server.address() as AddressInfo;
      resolve({
        url: `http://${LOOPBACK}:${actual}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
}

/** What to mend when a port cannot be listened on; any other error as it is. */
export function explainListenError(error: NodeJS.ErrnoException, port: number, portVariable: string): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(
      `Port ${port} is taken. Set ${portVariable} to a free port, or stop what is listening there.`,
    );
  if (error.code === 'EACCES')
    return new Error(`Port ${port} may not be used. Set ${portVariable} to a port above 1023.`);
  return error;
}
