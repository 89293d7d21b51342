import type { Fleet } from './fleet';
import type { Generator } from './load/generator';
import type { Measurements } from './measurements';
import type { Operation } from './operations';
import type { Paces } from './pace';
import type { World } from './world';

/** What the parts of a run share. */
export interface Bench {
  readonly world: World;
  readonly fleet: Fleet;
  readonly generator: Generator;
  readonly paces: Paces;
  readonly measurements: Measurements;
  /** The operation that every server has: the one that most is measured with. */
  readonly viewerId: Operation;
  /** Whether a server of that name is measured in this run. */
  readonly includes: (server: string) => boolean;
  /** Tokens of different users. */
  readonly tokens: readonly string[];
  readonly progress: (line: string) => void;
}
