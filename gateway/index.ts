export { EnvironmentError, type GatewayConfig, parseEnv } from './env';
export { createGateway, ENDPOINT, type Gateway, type GatewayOptions } from './gateway';
