import { start } from './start';

/** `node dist/serve-pages.js`: pages by Next, and the gateway in front of it. */
start(async () => (await import('./with-pages')).servePages);
