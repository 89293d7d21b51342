export type { DocumentManifest } from './documents';
export { EnvironmentError, type GatewayConfig, parseEnv, processConfig } from './env';
export { createGateway, ENDPOINT, type Gateway, type GatewayOptions } from './gateway';
export { createLifecycle, type Lifecycle, processLifecycle } from './lifecycle';
export { isHttpsSite, transportHeaders } from './security-headers';
