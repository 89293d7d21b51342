import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drainOnSignals, listenAddress, type NodeListener, processLogger } from '../gateway';

/** Longer than the minute for which load balancers keep a connection: they must be the ones that close it. In milliseconds. */
const KEEP_ALIVE_MS = 65_000;

/** A request, with its body, arrives within so many milliseconds, or its connection ends. */
const ARRIVAL_MS = 30_000;

/**
 * Listens where `PORT` and `HOSTNAME` say, until a signal comes: then the process ends once everything is answered.
 * @throws {Error} naming `PORT`, where the port is taken or may not be used.
 */
export async function listen(listener: NodeListener): Promise<void> {
  drainOnSignals();
  const { port, hostname } = listenAddress();
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: ARRIVAL_MS, headersTimeout: ARRIVAL_MS },
    listener,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, hostname, resolve);
  });
  const { address, port: actual } = server.address() as AddressInfo;
  processLogger().info({ address, port: actual }, 'listening');
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} is taken. Set PORT to a free port.`);
  if (error.code === 'EACCES') return new Error(`Port ${port} may not be used. Set PORT to one above 1023.`);
  return error;
}
