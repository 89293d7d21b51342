import { fileURLToPath } from 'node:url';

/** The packages are one folder up, beside the peers that are no Next. */
const root = fileURLToPath(new URL('..', import.meta.url));

export default {
  turbopack: { root },
  outputFileTracingRoot: root,
  // One copy of GraphQL at run time.
  serverExternalPackages: ['graphql'],
  poweredByHeader: false,
};
