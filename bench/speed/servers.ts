import { join } from 'node:path';
import { ENDPOINT } from '../../gateway';
import { PROJECT_FOLDER } from '../lifecycle/child-process';
import { BUILD_FOLDER } from '../lifecycle/production-server';

export const PEERS_FOLDER = join(PROJECT_FOLDER, 'bench/peers');

/** A server that is measured. */
export interface ServerSpec {
  /** Under which it is reported. */
  readonly name: string;
  readonly kind: 'gateway' | 'peer' | 'limit';
  /** What it is, for the reader of the table. */
  readonly about: string;
  /** Folder that it runs in. */
  readonly folder: string;
  /** What Node runs, from that folder. */
  readonly file: string;
  /** Node's own arguments. */
  readonly nodeArguments?: readonly string[];
  /** The program's arguments, for one that does not read PORT and HOSTNAME. */
  readonly programArguments?: (port: number) => readonly string[];
  /** Where operations are sent. */
  readonly path: string;
  /** What is sent: a GraphQL operation, or a GET. */
  readonly speaks: 'graphql' | 'rest';
}

const gateway = (name: string, file: string, about: string): ServerSpec => ({
  name,
  kind: 'gateway',
  about,
  folder: PROJECT_FOLDER,
  file,
  path: ENDPOINT,
  speaks: 'graphql',
});

/** One build for all of them; each is measured in a process of its own. */
const inNext = (name: string, path: string, about: string): ServerSpec => ({
  name,
  kind: 'peer',
  about,
  folder: PEERS_FOLDER,
  file: 'node_modules/next/dist/bin/next',
  // localhost is to be 127.0.0.1: clerkMiddleware hangs where Next is started with the address itself.
  nodeArguments: ['--dns-result-order=ipv4first'],
  programArguments: (port) => ['start', 'next', '--hostname', 'localhost', '--port', String(port)],
  path,
  speaks: 'graphql',
});

const program = (name: string, path: string, about: string): ServerSpec => ({
  name,
  kind: 'peer',
  about,
  folder: PEERS_FOLDER,
  file: `${name}.mjs`,
  path,
  speaks: 'graphql',
});

/** All servers, in the order in which they are reported. */
export const SERVERS: readonly ServerSpec[] = [
  gateway('gateway-next', 'start.mjs', 'Gatehouse in Next, `npm start`'),
  gateway('gateway-standalone', 'dist/serve.js', 'Gatehouse on node:http'),
  gateway(
    'gateway-custom-server',
    'dist/serve-pages.js',
    'Gatehouse beside the pages of Next in one process',
  ),
  inNext('glue-next', '/api/glue', 'Next: clerkMiddleware, Yoga, Pothos, `auth()` in the context'),
  {
    ...inNext('seed-rest-next', '/api/me', 'Next: clerkMiddleware, a handler that answers `{ userId }`'),
    speaks: 'rest',
  },
  inNext('apollo-next', '/api/apollo', 'Next: clerkMiddleware, Apollo Server, `auth()` in the context'),
  {
    ...inNext('next-floor', '/floor', 'Next: a handler that answers static JSON, to anybody'),
    kind: 'limit',
  },
  program('apollo-standalone', '/', 'Apollo Server on node:http, `verifyToken` in the context'),
  program('mercurius-jit', '/graphql', 'Mercurius with jit on Fastify, `verifyToken` in the context'),
  program('mercurius-jit-token-cache', '/graphql', 'the same with a cache of verified tokens'),
  {
    ...program('node-verify', '/', 'bare node:http, each token verified with node:crypto'),
    kind: 'limit',
  },
  {
    ...program('node-token-cache', '/', 'the same with a cache of verified tokens'),
    kind: 'limit',
  },
];

/** The gateway outside Next with a schema that has a long list: see `list-server.ts`. Reported as the standalone gateway. */
export const LIST_SERVER: ServerSpec = {
  ...gateway('gateway-standalone', 'bench/speed/list/list-server.ts', 'Gatehouse on node:http, list schema'),
  nodeArguments: ['--import', 'tsx'],
};

/** Variables that tell the gateway's servers where the build is. */
export const BUILD_VARIABLES = { GATEHOUSE_DIST_DIR: BUILD_FOLDER } as const;

/** @throws {Error} where there is none of that name. */
export function serverNamed(name: string): ServerSpec {
  const server = SERVERS.find((spec) => spec.name === name);
  if (server === undefined) throw new Error(`There is no server ${name}.`);
  return server;
}
