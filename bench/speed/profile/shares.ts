import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { OriginalFiles } from './original-files';
import { type Stage, servesOthers, stageOfFile, stageOfPseudoFunction, UNNAMED } from './stages';

/** What Node writes with `--cpu-prof`. Times are in microseconds, of the clock of `process.hrtime`. */
export const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({
        functionName: z.string(),
        url: z.string(),
        lineNumber: z.number(),
        columnNumber: z.number(),
      }),
      children: z.array(z.number()).optional(),
    }),
  ),
  startTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

type Profile = z.infer<typeof profileSchema>;

/** Where the time went, as shares of the busy time, from 0 to 1. */
export interface Shares {
  /** By the stage whose function ran. */
  readonly itself: ReadonlyMap<Stage, number>;
  /** The same, where time in Node's own functions counts for the stage that called them, if one did. */
  readonly withNode: ReadonlyMap<Stage, number>;
  /** By function, the greatest first, for whoever looks further. */
  readonly functions: readonly (readonly [name: string, share: number])[];
}

/** A node of the tree of calls. */
interface Call {
  readonly name: string;
  readonly itself: Stage | 'idle';
  readonly withNode: Stage | 'idle';
}

/**
 * Adds up the time that functions took themselves, from a moment on. What is built into V8 counts for the stage that called it.
 * @param from microseconds, of the same clock.
 */
export function sharesOf(profile: Profile, from: number): Shares {
  const calls = callsOf(profile);
  const [itself, withNode, functions] = [new Sums<Stage>(), new Sums<Stage>(), new Sums<string>()];
  let now = profile.startTime;
  for (const [index, id] of profile.samples.entries()) {
    const micros = profile.timeDeltas[index] ?? 0;
    now += micros;
    const call = calls.get(id);
    if (now < from || call === undefined || call.itself === 'idle' || call.withNode === 'idle') continue;
    itself.add(call.itself, micros);
    withNode.add(call.withNode, micros);
    functions.add(call.name, micros);
  }
  return {
    itself: new Map(itself.shares()),
    withNode: new Map(withNode.shares()),
    functions: functions.shares(),
  };
}

function callsOf({ nodes }: Profile): Map<number, Call> {
  const files = new OriginalFiles();
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const own = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber, columnNumber } }) => {
      // Old modules have a path, new ones an address.
      const address = url.startsWith('/') ? pathToFileURL(url).href : url;
      const file = decodeURIComponent(files.of({ url: address, line: lineNumber, column: columnNumber }));
      const name = `${functionName || '(anonymous)'} ${file.replace(/^.*node_modules\//, '')}`;
      return [id, { stage: stageOfPseudoFunction(functionName) ?? stageOfFile(file), name }];
    }),
  );

  /** The first stage on the way up that is known, and wanted. */
  function stageOf(start: number, wanted: (stage: Stage) => boolean): Stage | 'idle' | undefined {
    for (let id: number | undefined = start; id !== undefined; id = parents.get(id)) {
      const stage = own.get(id)?.stage;
      if (stage === 'idle' || (stage !== undefined && wanted(stage))) return stage;
    }
    return undefined;
  }

  return new Map(
    [...own].map(([id, { name }]) => {
      const itself = stageOf(id, () => true) ?? UNNAMED;
      return [id, { name, itself, withNode: stageOf(id, (stage) => !servesOthers(stage)) ?? itself }];
    }),
  );
}

/** Microseconds by name. */
class Sums<Name extends string> {
  readonly #sums = new Map<Name, number>();
  #total = 0;

  add(name: Name, micros: number): void {
    this.#total += micros;
    this.#sums.set(name, (this.#sums.get(name) ?? 0) + micros);
  }

  /** The greatest first. */
  shares(): (readonly [Name, number])[] {
    return [...this.#sums]
      .map(([name, micros]) => [name, micros / this.#total] as const)
      .sort(([, one], [, other]) => other - one);
  }
}
