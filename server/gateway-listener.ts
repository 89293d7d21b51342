import documents from '../app/gql/persisted-documents.json';
import { createGateway, type NodeListener, nodeListener, processConfig, processLifecycle } from '../gateway';

/** The gateway that the environment configures. @throws {EnvironmentError} where it does not. */
export function gatewayListener(): NodeListener {
  return nodeListener(createGateway(processConfig(), { documents, lifecycle: processLifecycle() }));
}
