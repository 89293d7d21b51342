import type { GrowthPoint } from './growth';
import type { Figure, Measurements } from './measurements';

/** A promise that figures of one run keep, or do not. */
export interface MustHold {
  readonly name: string;
  readonly value: number;
  readonly target: number;
  /** Which side of the target the value has to be on. */
  readonly bound: 'at least' | 'at most';
  readonly holds: boolean;
}

/** What is measured, as far as this run has measured it. */
type Get = (operation: string, server: string, connections?: number) => Figure | undefined;

/** Where nothing else is said. */
const CONNECTIONS = 32;

/** By how much a server may be slower than another one, or than itself when little has grown. */
const [THREE_QUARTERS, FOUR_FIFTHS] = [0.75, 0.8];

/** How much more memory the same load may take in the last round than in the one before. */
const FLAT = 1.1;

/** All promises on which this run has figures. */
export function mustHold(measurements: Measurements, growth: readonly GrowthPoint[]): readonly MustHold[] {
  const get: Get = (operation, server, connections = CONNECTIONS) =>
    measurements.figure(operation, server, connections);
  return [
    ...throughput(get),
    ...externalPage(get),
    ...authentication(get),
    ...whenGrown(growth),
    ...tails(get),
  ];
}

function throughput(get: Get): readonly MustHold[] {
  const times = (one: string, other: string, target: number, operation = 'viewer-id') => {
    const [first, second] = [get(operation, one)?.rps, get(operation, other)?.rps];
    return atLeast(`${operation}: ${one} / ${other}`, first && second && first / second, target);
  };
  return [
    times('gateway-next', 'seed-rest-next', 3),
    times('gateway-next', 'glue-next', 3.5),
    times('gateway-next', 'apollo-next', 3.5),
    times('gateway-next', 'next-floor', 0.6),
    times('gateway-standalone', 'apollo-standalone', 4),
    times('gateway-standalone', 'mercurius-jit', 4),
    times('gateway-standalone', 'mercurius-jit-token-cache', 1),
    times('gateway-standalone', 'node-token-cache', 0.4),
    times('gateway-custom-server', 'gateway-standalone', THREE_QUARTERS),
    times('gateway-standalone', 'mercurius-jit', 1, 'list-1000'),
  ].flat();
}

/** What the gateway itself takes of a page, in milliseconds; in Next also without what Next takes for an empty handler. */
function externalPage(get: Get): readonly MustHold[] {
  const floor = get('viewer-id', 'next-floor', 1)?.p50;
  return GATEWAYS.flatMap((server) => {
    const page = get('external-page', server, 1);
    if (page?.sourceMs === undefined) return [];
    const overhead = page.p50 - page.sourceMs;
    return [
      ...atMost(`external-page: overhead of ${server} at 1 connection, ms`, overhead, 1),
      ...(server === 'gateway-next'
        ? atMost(`external-page: overhead of ${server} beyond next-floor, ms`, floor && overhead - floor, 1)
        : []),
    ];
  });
}

function authentication(get: Get): readonly MustHold[] {
  const secondsFor = (operation: string, server: string) => {
    const figure = get(operation, server);
    return figure && 1 / figure.rps;
  };
  const verified = secondsFor('cold-token', 'node-verify');
  const known = secondsFor('warm-token', 'node-token-cache');
  const verification = verified && known && verified - known;
  return GATEWAYS.flatMap((server) => {
    const [without, withToken] = [secondsFor('typename-anonymous', server), secondsFor('typename', server)];
    const [cold, warm] = [secondsFor('cold-token', server), secondsFor('warm-token', server)];
    return [
      ...atMost(
        `authentication: what a warm token adds, ${server}`,
        without && withToken && withToken / without - 1,
        0.06,
      ),
      ...atMost(
        `authentication: what a cold token costs ${server}, in bare verifications`,
        cold && warm && verification && (cold - warm) / verification,
        2,
      ),
    ];
  });
}

function whenGrown(growth: readonly GrowthPoint[]): readonly MustHold[] {
  return ['tokens', 'documents'].flatMap((series) => {
    const points = growth.filter((point) => point.series === series && point.server === 'gateway-standalone');
    const [small, large] = [points[0], points.at(-1)];
    if (small === undefined || large === undefined) return [];
    const [before, last] = [large.rssMbByRound.at(-2), large.rssMbByRound.at(-1)];
    return [
      ...atLeast(
        `growth: throughput with ${large.size} ${series} / with ${small.size}`,
        large.rps / small.rps,
        FOUR_FIFTHS,
      ),
      ...atMost(
        `growth: memory with ${large.size} ${series}, last round / the one before`,
        before && last && last / before,
        FLAT,
      ),
    ];
  });
}

/** p99 / p50 against the same of the best peer, which is the one with the most throughput there. */
function tails(get: Get): readonly MustHold[] {
  return PEERS_OF.flatMap(([server, peers]) =>
    [1, 32, 256].flatMap((connections) => {
      const own = get('viewer-id', server, connections);
      const [best] = peers
        .flatMap((name) => {
          const figure = get('viewer-id', name, connections);
          return figure === undefined ? [] : [{ name, ...figure }];
        })
        .sort((one, other) => other.rps - one.rps);
      if (own === undefined || best === undefined) return [];
      const name = `p99 / p50 at ${connections}: ${server} against ${best.name}`;
      return atMost(name, own.p99 / own.p50, best.p99 / best.p50);
    }),
  );
}

const GATEWAYS = ['gateway-next', 'gateway-standalone', 'gateway-custom-server'];

const PEERS_OF: readonly (readonly [string, readonly string[]])[] = [
  ['gateway-next', ['glue-next', 'apollo-next']],
  ['gateway-standalone', ['apollo-standalone', 'mercurius-jit', 'mercurius-jit-token-cache']],
];

function atLeast(name: string, value: number | undefined, target: number): readonly MustHold[] {
  return value === undefined ? [] : [{ name, value, target, bound: 'at least', holds: value >= target }];
}

function atMost(name: string, value: number | undefined, target: number): readonly MustHold[] {
  return value === undefined ? [] : [{ name, value, target, bound: 'at most', holds: value <= target }];
}
