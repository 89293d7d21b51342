// `npm start`: `next start`, which by itself ends at a signal before anybody could notice, and does not read HOSTNAME.
import { createRequire } from 'node:module';

process.env.NEXT_MANUAL_SIG_HANDLE = 'true';
const { HOSTNAME } = process.env;
process.argv.splice(2, 0, 'start', ...(HOSTNAME ? ['--hostname', HOSTNAME] : []));
createRequire(import.meta.url)('next/dist/bin/next');
