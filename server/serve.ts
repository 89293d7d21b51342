import { start } from './start';

/** `node dist/serve.js`: the gateway, and no page. */
start(async () => (await import('./gateway-only')).serveGateway);
