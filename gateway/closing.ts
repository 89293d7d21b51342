import type { GatewayConfig } from './env';
import type { Exchange } from './exchange';
import type { HeaderReader } from './header-reader';
import type { Logger } from './logger';
import { corsHeaders } from './origins';
import { LIVE_PATH, READY_PATH, WEBHOOK_PATH } from './paths';
import { principalOf } from './principal';
import { rateLimitFields } from './rate-limits';
import { answerHeaders } from './security-headers';

/** Status without a name in HTTP, which proxies log for a caller who did not wait for the answer. */
export const CALLER_WENT_AWAY = 499;

const HEALTH_PATHS: ReadonlySet<string> = new Set([LIVE_PATH, READY_PATH]);

/** No page elsewhere has anything to read there. */
const NOT_FOR_BROWSERS: ReadonlySet<string> = new Set([...HEALTH_PATHS, WEBHOOK_PATH]);

/** Header fields: names and values by turns, as Node takes them. */
export type HeaderFields = string[];

/** What every answer ends with, whatever was asked and whichever way it went. */
export interface Closing {
  /** Header fields that it carries, in a list of their own. */
  fields(request: { readonly headers: HeaderReader }, path: string, exchange: Exchange): HeaderFields;
  /** The line that it leaves in the log. */
  log(method: string, path: string, status: number, exchange: Exchange): void;
}

export function createClosing(config: GatewayConfig, logger: Logger): Closing {
  const always = Object.entries(answerHeaders(config)).flat();
  return {
    fields({ headers }, path, { requestId, rateLimit }) {
      const fields = [...always, 'x-request-id', requestId];
      if (rateLimit !== undefined) fields.push(...rateLimitFields(rateLimit));
      if (headers.get('origin') !== null && !NOT_FOR_BROWSERS.has(path))
        fields.push(...Object.entries(corsHeaders(headers, config)).flat());
      return fields;
    },
    log(method, path, status, { requestId, startedAt, authentication, operation, codes, calls }) {
      const { principal, principalId } = principalOf(authentication?.auth);
      // Whoever watches the gateway asks every few seconds. A line is always of one shape, which is written faster: what is undefined is not
      // written.
      logger[HEALTH_PATHS.has(path) ? 'debug' : 'info'](
        {
          requestId,
          method,
          status,
          ms: Math.round(performance.now() - startedAt),
          principal,
          principalId,
          operation: operation?.name,
          document: operation?.hash,
          codes,
          calls: calls.length,
        },
        'request',
      );
    },
  };
}
