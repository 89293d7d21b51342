import next from 'next';
import { ENDPOINT, GATEWAY_PATHS, listenAddress } from '../gateway';
import { gatewayListener } from './gateway-listener';
import { listen } from './listen';

/** Next calls them localhost where its proxy passes a request on, and would take its own pages for those of another server. */
const LOOPBACK: readonly string[] = ['127.0.0.1', '::1'];

/** Serves pages with Next, from what `next build` has built, and hands the gateway its own paths before Next sees them. */
export async function servePages(): Promise<void> {
  const gateway = gatewayListener();
  const { port, hostname } = listenAddress();
  const pages = next({ dev: false, port, hostname: LOOPBACK.includes(hostname) ? 'localhost' : hostname });
  await pages.prepare();
  const page = pages.getRequestHandler();
  await listen((incoming, outgoing) => {
    if (isGatewayPath(incoming.url ?? '')) gateway(incoming, outgoing);
    else void page(incoming, outgoing);
  });
}

function isGatewayPath(url: string): boolean {
  // Most of what is not a page: worth no search for a query.
  if (url === ENDPOINT) return true;
  const end = url.indexOf('?');
  return GATEWAY_PATHS.has(end < 0 ? url : url.slice(0, end));
}
