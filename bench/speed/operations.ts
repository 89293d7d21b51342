import { answers, answersId, type Judge, refuses, refusesSize } from './answers';
import type { Requests } from './load/requests';
import { LIST_SERVER, SERVERS, type ServerSpec } from './servers';
import type { World } from './world';

/** What servers are asked while they are measured. */
export interface Operation {
  readonly name: string;
  /** What it is, for the reader of the table. */
  readonly about: string;
  readonly servers: readonly ServerSpec[];
  /** Connections at once. */
  readonly concurrencies: readonly number[];
  /** Whether the source of external data is asked, and its own time is to be told apart. */
  readonly asksSource: boolean;
  readonly judge: Judge;
  /** Of a GraphQL operation: document and variables. */
  readonly body: object;
  readonly token: string | undefined;
  /** Operations with the same name here are compared with each other: they take turns. */
  readonly comparedIn?: string;
}

const VIEWER_ID = '{ viewer { id } }';

/** A thousand bytes more than the variables may have. */
const TOO_LONG = 'x'.repeat(101_000);

const FEW = [1, 32];

/** All operations that are measured in the same way, in the order in which they are reported. */
export function operationsOf({ viewer, tokens }: World): readonly Operation[] {
  const { id, firstName, lastName } = viewer;
  const common = { concurrencies: FEW, asksSource: false, token: tokens.good };
  return [
    {
      ...common,
      name: 'viewer-id',
      about: `\`${VIEWER_ID}\`, which is all in the token`,
      servers: SERVERS,
      concurrencies: [1, 32, 256],
      body: { query: VIEWER_ID },
      judge: answersId(id),
    },
    {
      ...common,
      name: 'viewer-names',
      about:
        'with first and last name: the gateway remembers the user for 30 s, the peers ask the local Clerk each time',
      servers: withFields(SERVERS),
      body: { query: '{ viewer { id firstName lastName } }' },
      judge: answers({ viewer: { id, firstName, lastName } }),
    },
    {
      ...common,
      name: 'external-page',
      about: 'a page of 20 rows with 5 scalars, from a source that takes next to no time',
      servers: withFields(SERVERS),
      asksSource: true,
      body: { query: pageQuery(20) },
      judge: hasRows(20),
    },
    {
      ...common,
      name: 'list-1000',
      about: 'a list of 1,000 objects with 5 scalars in memory, for signed-in users',
      servers: [LIST_SERVER, ...named('apollo-standalone', 'mercurius-jit', 'mercurius-jit-token-cache')],
      body: { query: '{ items { id title done priority createdAt } }' },
      judge: hasItems(1_000),
    },
    {
      ...common,
      name: 'refused-token',
      about: `\`${VIEWER_ID}\` with a token whose signature is wrong`,
      servers: SERVERS.filter(({ name }) => name !== 'next-floor'),
      token: tokens.tampered,
      body: { query: VIEWER_ID },
      judge: refuses(id),
    },
    {
      ...common,
      name: 'refused-variables',
      about:
        'a mutation with 101 kB of variables. Not the same work: the gateway answers 413, the peers read it all, and refuse the name as too long',
      servers: withFields(SERVERS),
      body: {
        query: 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { viewer { id } } }',
        variables: { input: { firstName: TOO_LONG } },
      },
      judge: refusesSize,
    },
    {
      ...common,
      name: 'typename-anonymous',
      comparedIn: 'authentication',
      about: '`{ __typename }` without a token',
      servers: SERVERS.filter(({ kind }) => kind === 'gateway'),
      token: undefined,
      body: { query: '{ __typename }' },
      judge: answers({ __typename: 'Query' }),
    },
    {
      ...common,
      name: 'typename',
      comparedIn: 'authentication',
      about: '`{ __typename }` with a token: the difference is what authentication takes',
      servers: SERVERS.filter(({ kind }) => kind === 'gateway'),
      body: { query: '{ __typename }' },
      judge: answers({ __typename: 'Query' }),
    },
  ];
}

/** A page of tasks; the gateway and the peers have it alike. */
export function pageQuery(first: number): string {
  return `{ externalData { tasks(first: ${first}) { edges { node { id title done projectId createdAt } } } } }`;
}

/** What is sent to a server. */
export function requestsOf({ body, token }: Operation, { path, speaks }: ServerSpec): Requests {
  const tokens = token === undefined ? undefined : [token];
  return speaks === 'rest'
    ? { method: 'GET', path, tokens, bodies: [''] }
    : { method: 'POST', path, tokens, bodies: [JSON.stringify(body)] };
}

/** Those with a schema of more than the id. */
function withFields(servers: readonly ServerSpec[]): readonly ServerSpec[] {
  return servers.filter(({ kind, speaks }) => kind !== 'limit' && speaks === 'graphql');
}

function named(...names: readonly string[]): readonly ServerSpec[] {
  return SERVERS.filter(({ name }) => names.includes(name));
}

/** How many there are, and the last of them, tell whether it is the right page. */
export function hasRows(count: number): Judge {
  return ({ status, text }) =>
    status === 200 && text.split('"node"').length === count + 1 && text.includes(`Task number ${count - 1}"`)
      ? undefined
      : `should have ${count} tasks`;
}

function hasItems(count: number): Judge {
  return ({ status, text }) =>
    status === 200 && text.split('"id"').length === count + 1 && text.includes(`Item number ${count - 1}"`)
      ? undefined
      : `should have ${count} items`;
}
