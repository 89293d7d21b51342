export type { DocumentManifest } from './documents';
export { EnvironmentError, type GatewayConfig, listenAddress, parseEnv, processConfig } from './env';
export { createGateway, type Gateway, type GatewayOptions } from './gateway';
export { createLifecycle, type Lifecycle, processLifecycle } from './lifecycle';
export { processLogger } from './logger';
export { type NodeListener, nodeListener } from './node';
export { ENDPOINT, GATEWAY_PATHS, READY_PATH } from './paths';
export { isHttpsSite, transportHeaders } from './security-headers';
export { drainOnSignals } from './signals';
