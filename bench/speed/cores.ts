import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Which core the measured server has, and which one everything else. */
export interface Cores {
  readonly server: number;
  readonly load: number;
}

/** The cores of `0-2,5`, as Linux lists them. */
export function parseCoreList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Two cores that this process may use; undefined where there are not two, or nothing to pin a process with. */
export function findCores(): Cores | undefined {
  if (availableParallelism() < 2) return undefined;
  try {
    const line = execFileSync('taskset', ['--cpu-list', '--pid', String(process.pid)], { encoding: 'utf8' });
    const [server, load] = parseCoreList(line.slice(line.lastIndexOf(':') + 1));
    return server === undefined || load === undefined ? undefined : { server, load };
  } catch {
    return undefined;
  }
}

/** From now on this process, and all that it starts, has only the core of the load. */
export function pinLoad({ load }: Cores): void {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(load), String(process.pid)], {
    stdio: 'ignore',
  });
}

/** The command that runs another one on the server's core. */
export function pinned(cores: Cores | undefined, command: readonly string[]): readonly string[] {
  return cores === undefined ? command : ['taskset', '--cpu-list', String(cores.server), ...command];
}
