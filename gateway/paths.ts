/** Path of the endpoint. */
export const ENDPOINT = '/api/graphql';

/** Path at which Clerk's webhooks are taken. */
export const WEBHOOK_PATH = '/api/webhooks/clerk';

/** Path that answers as long as the process runs. */
export const LIVE_PATH = '/api/health/live';

/** Path that answers whether the gateway should be sent requests. */
export const READY_PATH = '/api/health/ready';

/** Every path that is the gateway's own. */
export const GATEWAY_PATHS: ReadonlySet<string> = new Set([ENDPOINT, WEBHOOK_PATH, LIVE_PATH, READY_PATH]);
