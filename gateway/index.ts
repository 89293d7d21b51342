export type { DocumentManifest } from './documents';
export { EnvironmentError, type GatewayConfig, parseEnv, processConfig } from './env';
export { createGateway, ENDPOINT, type Gateway, type GatewayOptions } from './gateway';
export { isHttpsSite, transportHeaders } from './security-headers';
