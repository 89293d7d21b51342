import { createGateway, type Gateway, processConfig, processLifecycle } from '../../gateway';
import documents from '../gql/persisted-documents.json';

let gateway: Gateway | undefined;

/**
 * Hands a request to the gateway of this process. It is made on the first request: a build evaluates this module too,
 * without a configuration.
 */
export function handle(request: Request): Promise<Response> {
  gateway ??= createGateway(processConfig(), { documents, lifecycle: processLifecycle() });
  return gateway.fetch(request);
}
