import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Core } from './core';
import type { GatewayConfig } from './env';
import type { Exchange } from './exchange';
import { maskError } from './mask-error';
import { parametersIn, parametersOf } from './parameters';
import { ENDPOINT } from './paths';
import { readBody } from './read-body';

/** What Yoga hands from step to step: it copies this object, and keeps the exchange in it. */
interface ServerContext {
  readonly exchange: Exchange;
}

/** Takes a request for the endpoint; rejects where the caller went away. */
export type YogaFetch = (request: Request, exchange: Exchange) => Promise<Response>;

/**
 * The endpoint as Yoga serves it: methods, media types, batches and the form of parameters are its part, the core's steps stand
 * where it parses, executes and answers.
 */
export function createYogaFetch(schema: GraphQLSchema, core: Core, config: GatewayConfig): YogaFetch {
  const { limits } = config;
  const yoga = createYoga<ServerContext>({
    schema,
    graphqlEndpoint: ENDPOINT,
    // Health has its own paths. Yoga looks at the end of the address only, query included: no address ends like this.
    healthCheckEndpoint: ' ',
    // Next takes no other Response than the platform's.
    fetchAPI: { fetch, Request, Response, Headers, ReadableStream, TransformStream, URL },
    plugins: [useCore(core, config)],
    maskedErrors: { maskError },
    batching: limits.batch > 1 ? { limit: limits.batch } : false,
    // Documents are kept by the core, and bodies weighed where they are read.
    parserAndValidationCache: false,
    maxRequestBodySize: false,
    cors: false,
    multipart: false,
    graphiql: false,
    landingPage: false,
    // Yoga's own logger would write errors unscrubbed, and twice.
    logging: false,
  });
  return async (request, exchange) => yoga.fetch(request, { exchange });
}

function useCore(core: Core, { limits, timeoutMs }: GatewayConfig): Plugin<ServerContext, ServerContext> {
  return {
    async onRequestParse({ request, serverContext: { exchange }, setRequestParser, endResponse, fetchAPI }) {
      if (!(await core.receive(request, exchange)))
        return endResponse(new fetchAPI.Response(null, { status: 404 }));
      if (request.method === 'GET') setRequestParser(() => parametersIn(new URL(request.url).searchParams));
      if (request.method === 'POST')
        setRequestParser(async () => parametersOf(await readBody(request, limits.body, timeoutMs), limits));
    },
    onParams({ params: sent, request, context: { exchange }, setParams, setParamsHandler }) {
      // What is none of the protocol's parameters is refused after this, by Yoga.
      if (typeof sent !== 'object' || sent === null) return;
      setParams(core.readParams(withDocumentId(sent, request)));
      setParamsHandler(async ({ params }) => {
        const admitted = core.admit(params, request.method, exchange);
        return 'operation' in admitted ? core.execute(admitted, params, exchange) : admitted;
      });
    },
    onResultProcess({ result, setResult, serverContext: { exchange } }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return;
      const { result: told, http } = core.report(result, exchange);
      setResult(http === undefined ? told : { ...told, extensions: { ...told.extensions, http } });
    },
  };
}

/** In an address the id stands beside the protocol's own parameters. */
function withDocumentId<T extends object>(params: T, { method, url }: Request): T & { documentId?: unknown } {
  return method === 'GET' ? { ...params, documentId: new URL(url).searchParams.get('documentId') } : params;
}
