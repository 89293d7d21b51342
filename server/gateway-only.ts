import { gatewayListener } from './gateway-listener';
import { listen } from './listen';

/** Serves the endpoint, webhooks and health, and no page. */
export async function serveGateway(): Promise<void> {
  await listen(gatewayListener());
}
