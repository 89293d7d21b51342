// `npm start`: `next start`, which by itself ends at a signal before anybody could notice, and does not read HOSTNAME.
import { setDefaultResultOrder } from 'node:dns';
import { createRequire } from 'node:module';

process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
const { HOSTNAME } = process.env;
// Next calls a loopback address localhost where a proxy passes a request on. Started with the address, it takes its own pages for those of
// another server, and asks itself for them for ever.
const isLoopback = HOSTNAME === '127.0.0.1' || HOSTNAME === '::1';
if (isLoopback) setDefaultResultOrder(HOSTNAME === '::1' ? 'ipv6first' : 'ipv4first');
process.argv.splice(2, 0, 'start', ...(HOSTNAME ? ['--hostname', isLoopback ? 'localhost' : HOSTNAME] : []));
createRequire(import.meta.url)('next/dist/bin/next');
