import { createGateway, type Gateway, processConfig } from '../../../gateway';

let gateway: Gateway | undefined;

/** Made on the first request: a build evaluates this module too, without a configuration. */
function handle(request: Request): Promise<Response> {
  gateway ??= createGateway(processConfig());
  return gateway.fetch(request);
}

// Methods that GraphQL does not use come along, so that the gateway's own 405 answers them.
export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
