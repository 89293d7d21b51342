/**
 * Imports point one way: app → gateway → { schema, resolvers, sources }, schema → resolvers, and both reach sources
 * through the port types only. `dev` stands alone.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no direction.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'errors-are-plain',
      comment: 'Errors know nothing of the rest, GraphQL least of all.',
      severity: 'error',
      from: { path: '^errors/' },
      to: { pathNot: '^errors/' },
    },
    {
      name: 'sources-know-no-callers',
      severity: 'error',
      from: { path: '^sources/' },
      to: { path: '^(app|gateway|schema|resolvers|dev|tests)/' },
    },
    {
      name: 'resolvers-reach-sources-through-ports',
      severity: 'error',
      from: { path: '^resolvers/' },
      to: { path: '^(app|gateway|schema|dev|tests|sources)/', pathNot: '^sources/ports\\.ts$' },
    },
    {
      name: 'resolvers-know-no-graphql',
      severity: 'error',
      from: { path: '^resolvers/' },
      to: { path: 'node_modules/(graphql|graphql-yoga|@pothos|@graphql-tools)/' },
    },
    {
      name: 'schema-reaches-sources-through-ports',
      severity: 'error',
      from: { path: '^schema/' },
      to: { path: '^(app|gateway|dev|tests|sources)/', pathNot: '^sources/ports\\.ts$' },
    },
    {
      name: 'gateway-knows-no-pages',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^(app|server|dev|tests)/' },
    },
    {
      name: 'app-enters-through-the-gateway',
      severity: 'error',
      from: { path: '^(app/|server/|proxy\\.ts|instrumentation\\.ts)' },
      to: { path: '^(schema|resolvers|sources|dev|tests)/' },
    },
    {
      name: 'dev-stands-alone',
      comment: 'The local services are stand-ins: what they stand in for must not shape them.',
      severity: 'error',
      from: { path: '^dev/' },
      to: { path: '^(app|gateway|schema|resolvers|sources|errors|tests)/' },
    },
    {
      name: 'next-in-app-only',
      severity: 'error',
      from: { pathNot: '^(app/|server/with-pages\\.ts|proxy\\.ts|instrumentation\\.ts|next\\.config\\.ts)' },
      to: { path: 'node_modules/(next|@clerk/nextjs)/' },
    },
    {
      name: 'pothos-in-schema-only',
      comment: 'Tests may, to build schemas that must be refused.',
      severity: 'error',
      from: { pathNot: '^(schema|tests)/' },
      to: { path: 'node_modules/@pothos/' },
    },
    {
      name: 'clerk-backend-in-sources-only',
      comment:
        'Tests may, to try the local Clerk with the real SDK, whose types its answers are checked against.',
      severity: 'error',
      from: { pathNot: '^(sources/clerk|dev/clerk/serialize|tests)/' },
      to: { path: 'node_modules/@clerk/(backend|shared)/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The peers are other projects, with packages of their own.
    exclude: { path: '^(\\.(next|preview|production)|dist|bench/peers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
