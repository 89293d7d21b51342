import type { GraphQLSchema } from 'graphql';
import { schema as ownSchema } from '../schema';
import { createClerk } from '../sources/clerk';
import { createAdmission } from './admission';
import { CALLER_WENT_AWAY, createClosing, type HeaderFields } from './closing';
import { createCore } from './core';
import type { DocumentManifest } from './documents';
import type { GatewayConfig } from './env';
import { beginExchange, type Connection, type Exchange } from './exchange';
import { createFastPath, type FastPath } from './fast-path';
import { createHealth } from './health';
import { createLifecycle, type Lifecycle } from './lifecycle';
import { createLogger, type Logger } from './logger';
import { WEBHOOK_PATH } from './paths';
import { createPersistedDocuments } from './persisted-documents';
import { createCheck } from './probe';
import { createRateLimits, memoryStore, type RateLimitStore } from './rate-limits';
import { callerOf } from './request-deadline';
import { requireSources } from './required-sources';
import { probeOfSupabase, sourceSetups } from './sources';
import { receiveWebhook } from './webhooks';
import { createYogaFetch } from './yoga';

/** The gateway: a function from a request to its response, which needs no server around it. */
export interface Gateway {
  /** Never rejects: every failure is a response. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** The same for ordinary requests, for servers that have no `Request`: see {@link FastPath}. */
  readonly fastPath: FastPath;
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
  const core = createCore({
    config,
    clerk,
    setups,
    documents: createPersistedDocuments(config.documents, options.documents ?? {}),
    admission: createAdmission(schema, config),
    rateLimits: createRateLimits(config.limits, options.rateLimitStore ?? memoryStore()),
    logger,
  });
  const yogaFetch = createYogaFetch(schema, core, config);
  const closing = createClosing(config, logger);

  /** Undefined where the request is about none of them. */
  function answerBesides(path: string, request: Request, exchange: Exchange): Promise<Response> | undefined {
    if (path === WEBHOOK_PATH) return receiveWebhook(request, exchange, clerk, logger);
    return health.answer(path, request.method) ?? (request.method === 'OPTIONS' ? preflight() : undefined);
  }

  return {
    fastPath: createFastPath(core, config, closing),
    async fetch(request, connection = {}) {
      const { exchange, end } = beginExchange(request.headers, callerOf(request), connection, config);
      try {
        const { pathname } = new URL(request.url);
        const response = withoutBodyFor(
          request,
          await (answerBesides(pathname, request, exchange) ??
            answerOf(yogaFetch(request, exchange), request.signal)),
        );
        setFields(response.headers, closing.fields(request, pathname, exchange));
        closing.log(request.method, pathname, response.status, exchange);
        return response;
      } finally {
        end();
      }
    },
  };
}

function setFields(headers: Headers, fields: HeaderFields): void {
  for (let index = 0; index + 1 < fields.length; index += 2)
    headers.set(fields[index] ?? '', fields[index + 1] ?? '');
}

/** A browser asks before it sends. What it may do stands in the header fields that every answer ends with. */
async function preflight(): Promise<Response> {
  // Safari waits for a body where the length is not told.
  return new Response(null, { status: 204, headers: { 'content-length': '0' } });
}

/** RFC 9110: the answer to HEAD has no content, whatever becomes of the request. */
function withoutBodyFor({ method }: Request, response: Response): Response {
  return method === 'HEAD' ? new Response(null, response) : response;
}

/** Yoga rejects where the caller went away. Nobody reads the response then, but the log has its status. */
async function answerOf(response: Promise<Response>, caller: AbortSignal): Promise<Response> {
  try {
    return await response;
  } catch (error) {
    if (!caller.aborted) throw error;
    return new Response(null, { status: CALLER_WENT_AWAY });
  }
}
