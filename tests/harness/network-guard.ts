import { Socket } from 'node:net';

/** Addresses that are this machine. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/i;

const attempts: string[] = [];

/** Where the test has tried to connect to outside this machine, so far; the list is emptied. */
export function takeOutsideAttempts(): string[] {
  return attempts.splice(0);
}

/** From now on a connection to any other machine fails, and is remembered even if the code under test swallows the failure. */
export function guardNetwork(): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function guarded(this: Socket, ...args: never[]): Socket {
    const host = hostOf(args);
    if (host === undefined || LOOPBACK.test(host)) return Reflect.apply(connect, this, args);
    attempts.push(host);
    throw new Error(`A test tried to reach ${host}, outside this machine.`);
  } as typeof connect;
}

/** Node calls `connect` with options, with a port and a host, or with a list that holds either. No host: a pipe, or this machine. */
function hostOf(args: readonly unknown[]): string | undefined {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null && 'host' in first)
    return typeof first.host === 'string' ? first.host : undefined;
  return typeof second === 'string' ? second : undefined;
}
