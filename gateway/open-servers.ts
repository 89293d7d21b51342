import { subscribe } from 'node:diagnostics_channel';
import { Server, ServerResponse } from 'node:http';
import { Slots } from './slots';

/** The HTTP servers of this process, whoever started them. */
export interface OpenServers {
  /** Requests that have not been answered to the end. */
  readonly running: number;
  /** From now on every answer tells its client to use the connection no more, those that are not written yet included. */
  closeConnections(): void;
  /** New connections are refused, and those on which nothing runs end. */
  stopAccepting(): void;
  /** Ends every connection, whatever runs on it. */
  cut(): void;
}

/** Watches them from now on. Next gives nobody its server; Node tells of it with every request that begins. */
export function watchServers(): OpenServers {
  const servers = new Set<Server>();
  const running = new Slots<ServerResponse>();
  let closing = false;

  subscribe('http.server.request.start', (message) => {
    if (typeof message !== 'object' || message === null || !('response' in message && 'server' in message))
      return;
    const { response, server } = message;
    if (!(response instanceof ServerResponse && server instanceof Server)) return;
    servers.add(server);
    const slot = running.add(response);
    response.once('close', () => running.delete(slot));
    if (closing) closeAfter(response);
  });

  return {
    get running() {
      return running.size;
    },
    closeConnections() {
      closing = true;
      for (const response of running) closeAfter(response);
    },
    stopAccepting() {
      for (const server of servers) server.close();
    },
    cut() {
      for (const server of servers) server.closeAllConnections();
    },
  };
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
