import type { Judge } from './answers';
import type { Requests } from './load/requests';
import { hasRows, pageQuery } from './operations';

/** Connections where something else grows. */
export const CONNECTIONS = 32;

/** Requests that are measured where each token is sent so many times. */
const REQUESTS_BY_TOKEN = 6_000;

/** What is asked of a server while one thing grows. */
export interface Load {
  readonly connections: number;
  readonly requests: Requests;
  /** So many requests; undefined: as many as fit into the time. */
  readonly count?: number;
  /** Default: the viewer's id. */
  readonly judge?: Judge;
}

/** One thing that grows. */
export interface Series {
  readonly name: string;
  readonly about: string;
  readonly sizes: readonly number[];
  /** Whether all sizes can take turns: they have as many connections, and nothing that may be sent only once. */
  readonly takesTurns: boolean;
  /**
   * @param requests for the viewer's id, with one token.
   * @param tokens of different users.
   */
  load(size: number, requests: Requests, tokens: readonly string[], round: number): Load;
}

/** What grows, each by itself. */
export const SERIES: readonly Series[] = [
  {
    name: 'connections',
    about: 'connections at once',
    sizes: [1, 32, 256, 1_024],
    takesTurns: false,
    load: (connections, requests) => ({ connections, requests }),
  },
  {
    name: 'tokens',
    about: 'different tokens, one after the other',
    sizes: [1, 1_000, 50_000],
    takesTurns: true,
    load: (size, requests, tokens) => ({
      connections: CONNECTIONS,
      requests: { ...requests, tokens: tokens.slice(0, size) },
    }),
  },
  {
    name: 'requests-per-token',
    about: 'requests with each token, none of which was seen before',
    sizes: [1, 5, 20],
    takesTurns: false,
    load: (perToken, requests, tokens, round) => {
      const count = Math.min(REQUESTS_BY_TOKEN, tokens.length);
      // Each size and each round has tokens of its own.
      const needed = Math.ceil(count / perToken);
      const from = (FIRST_TOKEN[perToken] ?? 0) + (round - 1) * needed;
      const own = Array.from({ length: needed }, (_, index) => tokens[(from + index) % tokens.length] ?? '');
      return { connections: CONNECTIONS, requests: { ...requests, tokens: own, perToken }, count };
    },
  },
  {
    name: 'documents',
    about: 'different documents, one after the other',
    sizes: [1, 100, 10_000],
    takesTurns: true,
    load: (size, requests) => ({
      connections: CONNECTIONS,
      requests: {
        ...requests,
        bodies: Array.from({ length: size }, (_, index) =>
          JSON.stringify({ query: `query Viewer${String(index).padStart(5, '0')} { viewer { id } }` }),
        ),
      },
    }),
  },
  {
    name: 'rows',
    about: 'rows of a page from the external source',
    sizes: [20, 100],
    takesTurns: true,
    load: (rows, requests) => ({
      connections: CONNECTIONS,
      requests: { ...requests, bodies: [JSON.stringify({ query: pageQuery(rows) })] },
      judge: hasRows(rows),
    }),
  },
];

/** Where the tokens begin that are sent so many times, for five rounds of them. */
const FIRST_TOKEN: Readonly<Record<number, number>> = { 1: 0, 5: 30_000, 20: 36_000 };
