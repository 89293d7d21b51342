import type { GraphQLSchema } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { schema as ownSchema } from '../schema';
import { createClerk } from '../sources/clerk';
import { createContext } from './context';
import type { DocumentManifest } from './documents';
import type { GatewayConfig } from './env';
import { beginExchange, type Connection, type ServerContext } from './exchange';
import { createHealth } from './health';
import { createLifecycle, type Lifecycle } from './lifecycle';
import { createLogger, type Logger } from './logger';
import { maskError } from './mask-error';
import { isAllowedOrigin } from './origins';
import { gatewayPlugins } from './plugins';
import { principalOf } from './principal';
import { createCheck } from './probe';
import { createRateLimits, memoryStore, type RateLimitStore, rateLimitHeaders } from './rate-limits';
import { requireSources } from './required-sources';
import { secureAnswer } from './security-headers';
import { probeOfSupabase, sourceSetups } from './sources';
import { receiveWebhook, WEBHOOK_PATH } from './webhooks';

/** Path of the endpoint. */
export const ENDPOINT = '/api/graphql';

/** Status without a name in HTTP, which proxies log for a caller who did not wait for the answer. */
const CALLER_WENT_AWAY = 499;

/** The gateway: a function from a request to its response, which needs no server around it. */
export interface Gateway {
  /** Never rejects: every failure is a response. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
}

export interface GatewayOptions {
  /** Default: JSON lines on standard output. */
  readonly logger?: Logger;
  /** Where costs are counted. Default: the memory of this process. */
  readonly rateLimitStore?: RateLimitStore;
  /** Default: the schema in `schema/`. Another one is made with the builder of the same rules, `createBuilder()`. */
  readonly schema?: GraphQLSchema;
  /** The documents that requests may name by their hash. Default: none. */
  readonly documents?: DocumentManifest;
  /** Default: one that never ends. */
  readonly lifecycle?: Lifecycle;
}

/**
 * Assembles a gateway. It opens no connection until a request needs one.
 * @throws {EnvironmentError} naming the variable, where a resource of the schema has a source that is not configured.
 * @throws {Error} naming the hash, where the manifest has another document for it.
 */
export function createGateway(config: GatewayConfig, options: GatewayOptions = {}): Gateway {
  const logger = options.logger ?? createLogger(config.logLevel, config.logFormat);
  const schema = options.schema ?? ownSchema;
  const setups = sourceSetups(config);
  requireSources(schema, setups);
  const rateLimits = createRateLimits(config.limits, options.rateLimitStore ?? memoryStore());
  const clerk = createClerk({ ...config.clerk, timeoutMs: config.timeoutMs });
  const health = createHealth({
    lifecycle: options.lifecycle ?? createLifecycle(),
    checks: {
      clerk: createCheck('clerk', clerk.probe, logger),
      supabase: createCheck('supabase', probeOfSupabase(config, schema), logger),
    },
    // Without the key no token can be verified.
    worksWithoutClerk: config.clerk.jwtKey !== undefined,
  });

  const yoga = createYoga<ServerContext>({
    schema,
    graphqlEndpoint: ENDPOINT,
    // Next takes no other Response than the platform's.
    fetchAPI: { fetch, Request, Response, Headers, ReadableStream, TransformStream, URL },
    context: ({ exchange }) => {
      const { authentication } = exchange;
      if (authentication === undefined) throw new Error('A request got through unauthenticated.');
      return createContext(config, setups, clerk, authentication, exchange);
    },
    plugins: gatewayPlugins(config, clerk, logger, { rateLimits, documents: options.documents ?? {} }),
    maskedErrors: { maskError },
    cors: (request) => corsFor(request, config),
    // The body is read, and weighed, in useRequestParameters.
    maxRequestBodySize: false,
    batching: config.limits.batch > 1 ? { limit: config.limits.batch } : false,
    parserAndValidationCache: { documentCache: documentCache(), errorCache: documentCache() },
    multipart: false,
    graphiql: false,
    landingPage: false,
    // Yoga's own logger would write errors unscrubbed, and twice.
    logging: false,
  });

  return {
    async fetch(request, connection = {}) {
      const startedAt = performance.now();
      const { exchange, end } = beginExchange(request, connection, config);
      try {
        const { pathname } = new URL(request.url);
        const aboutHealth = health.answer(pathname, request.method);
        const answer =
          aboutHealth ??
          (pathname === WEBHOOK_PATH
            ? receiveWebhook(request, exchange, clerk, logger)
            : yoga.fetch(request, { exchange }));
        const response = withoutBodyFor(request, await answerOf(answer, request.signal));
        secureAnswer(response.headers, config);
        response.headers.set('x-request-id', exchange.requestId);
        if (exchange.rateLimit)
          for (const [name, value] of Object.entries(rateLimitHeaders(exchange.rateLimit)))
            response.headers.set(name, value);
        // Whoever watches the gateway asks every few seconds.
        logger[aboutHealth === undefined ? 'info' : 'debug'](
          {
            requestId: exchange.requestId,
            method: request.method,
            status: response.status,
            ms: Math.round(performance.now() - startedAt),
            ...principalOf(exchange.authentication?.auth),
            ...(exchange.operation && {
              operation: exchange.operation.name,
              document: exchange.operation.hash,
            }),
            ...(exchange.codes && { codes: exchange.codes }),
            calls: exchange.calls.length,
          },
          'request',
        );
        return response;
      } finally {
        end();
      }
    },
  };
}

/** RFC 9110: the answer to HEAD has no content, whatever becomes of the request. */
function withoutBodyFor({ method }: Request, response: Response): Response {
  return method === 'HEAD' ? new Response(null, response) : response;
}

/** Yoga rejects where the caller went away. Nobody reads the response then, but the log has its status. */
async function answerOf(response: Response | Promise<Response>, caller: AbortSignal): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    if (!caller.aborted) throw error;
    return new Response(null, { status: CALLER_WENT_AWAY });
  }
}

/** Characters of the documents that are kept parsed. A long one is not worth a place, and must not push out many others. */
const MAX_CACHED_CHARACTERS = 2_000_000;

/** Parsed documents by their text: Yoga's own cache counts documents, however long they are. */
function documentCache<T extends object>(): LRUCache<string, T> {
  return new LRUCache<string, T>({
    maxSize: MAX_CACHED_CHARACTERS,
    maxEntrySize: MAX_CACHED_CHARACTERS / 100,
    sizeCalculation: (_document, text) => Math.max(1, text.length),
  });
}

/** Yoga alone would allow every origin, with credentials. */
function corsFor({ headers }: Request, config: GatewayConfig) {
  const origin = headers.get('origin');
  if (origin === null || !isAllowedOrigin(origin, headers, config)) return false;
  return {
    origin: [origin],
    credentials: true,
    methods: ['GET', 'POST'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy'],
    maxAge: 600,
  };
}
