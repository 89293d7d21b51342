/** How long to measure. */
export interface Pace {
  /** Rounds over all servers: figures are medians over them. */
  readonly rounds: number;
  /** Load before the first round, for what is compiled on the way: so long at least, in milliseconds, and so many requests. */
  readonly warmUpMs: number;
  readonly warmUpRequests: number;
  /** Load with which a server's turn begins: it was idle, and what it needs is no longer in any cache. In milliseconds. */
  readonly resumeMs: number;
  /** Load that is not measured, right before that which is, in milliseconds. */
  readonly primeMs: number;
  readonly measureMs: number;
}

/** The paces of a run. */
export interface Paces {
  /** For the operation that most promises are about. */
  readonly main: Pace;
  readonly others: Pace;
  /** How many connections at once are tried; undefined: as many as each operation says. */
  readonly onlyConnections: number | undefined;
  /** Requests with tokens that were never seen, in each round. */
  readonly coldRequests: number;
  /** How long each of the operations is measured that take turns, in milliseconds: they differ by little. */
  readonly comparedMs: number;
  /** What grows grows no further than this: users with tokens, documents, connections. */
  readonly growTo: number;
  /** Load with what grows, for every server to have seen all of it, in milliseconds. */
  readonly growthPrimeMs: number;
}

/** Somewhat more than half an hour in all, builds included. */
export const FULL: Paces = {
  main: {
    rounds: 5,
    warmUpMs: 2_500,
    warmUpRequests: 4_000,
    resumeMs: 1_500,
    primeMs: 300,
    measureMs: 1_000,
  },
  others: { rounds: 5, warmUpMs: 700, warmUpRequests: 1_000, resumeMs: 800, primeMs: 200, measureMs: 600 },
  onlyConnections: undefined,
  coldRequests: 8_000,
  comparedMs: 2_000,
  growTo: 50_000,
  growthPrimeMs: 4_000,
};

/** Does everything once, and says nothing about time. */
export const SHORT: Paces = {
  main: { rounds: 1, warmUpMs: 0, warmUpRequests: 1, resumeMs: 0, primeMs: 200, measureMs: 500 },
  others: { rounds: 1, warmUpMs: 0, warmUpRequests: 1, resumeMs: 0, primeMs: 200, measureMs: 500 },
  onlyConnections: 32,
  coldRequests: 100,
  comparedMs: 500,
  growTo: 200,
  growthPrimeMs: 200,
};
