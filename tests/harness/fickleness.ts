import { GraphQLError } from 'graphql';

/** Decides, by its seed, how resolvers behave, and hears what they are asked: the same seed, the same behaviour. */
export interface Fickleness {
  readonly seed: number;
  /** How many of a hundred values fail in some way. */
  readonly faults: number;
  /** How many of a hundred values come late. */
  readonly late: number;
  /** Every call of a resolver, with all it was told. */
  readonly calls: string[];
}

/** A number from 0 up to `below`, the same each time. */
export function chance({ seed }: Fickleness, key: string, below: number): number {
  let hash = 2_166_136_261 ^ seed;
  for (let index = 0; index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return ((hash ^ (hash >>> 16)) >>> 0) % below;
}

/** A value; or what happens instead of it. */
export function outcome(fickleness: Fickleness, key: string, value: () => unknown): unknown {
  const late = chance(fickleness, `${key}/late`, 100) < fickleness.late;
  const fails = chance(fickleness, `${key}/fault`, 100) < fickleness.faults;
  const happening = fails ? () => fault(fickleness, key) : value;
  return late ? later(happening, chance(fickleness, `${key}/ticks`, 5)) : happening();
}

function later(happening: () => unknown, ticks: number): PromiseLike<unknown> {
  const promise = (async () => {
    for (let tick = 1; tick < ticks; tick += 1) await null;
    return happening();
  })();
  // Where nobody came as far as to wait for it, its failure is nobody's.
  promise.catch(() => {});
  // Libraries have promises of their own.
  // biome-ignore lint/suspicious/noThenProperty: that is what it is
  return ticks === 0 ? { then: (onValue, onError) => promise.then(onValue, onError) } : promise;
}

function fault(fickleness: Fickleness, key: string): unknown {
  const faults: readonly (() => unknown)[] = [
    () => {
      throw new Error(`thrown at ${key}`);
    },
    () => {
      throw `a string at ${key}`;
    },
    () => {
      throw undefined;
    },
    () => {
      throw new GraphQLError(`coded at ${key}`, { extensions: { code: 'X', key } });
    },
    () => {
      throw new GraphQLError(`from elsewhere, at ${key}`, { path: ['else', 'where'] });
    },
    () => new Error(`returned at ${key}`),
    () => null,
    () => undefined,
    () => ({ not: 'what was asked for' }),
    () => 'a string',
    () => Number.NaN,
    () => [[{}], null],
  ];
  return faults[chance(fickleness, `${key}/which`, faults.length)]?.();
}

/** What is thrown for an item becomes an error in its place. */
export function outcomeOfItem(fickleness: Fickleness, key: string, value: () => unknown): unknown {
  try {
    return outcome(fickleness, key, value);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The type of a value; or something else instead. Types fail less often than values: nothing comes after them. */
export function outcomeOfType(
  fickleness: Fickleness,
  key: string,
  right: unknown,
  wrong: readonly unknown[],
): unknown {
  return outcome({ ...fickleness, faults: fickleness.faults / 3 }, `${key}/type`, () =>
    chance(fickleness, `${key}/wrong`, 100) < fickleness.faults / 3
      ? wrong[chance(fickleness, `${key}/how`, wrong.length)]
      : right,
  );
}
