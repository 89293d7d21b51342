export type { DocumentManifest } from './documents';
export { EnvironmentError, type GatewayConfig, parseEnv, processConfig } from './env';
export { createGateway, type Gateway, type GatewayOptions } from './gateway';
export { createLifecycle, type Lifecycle, processLifecycle } from './lifecycle';
export { ENDPOINT, GATEWAY_PATHS, READY_PATH } from './paths';
export { isHttpsSite, transportHeaders } from './security-headers';
