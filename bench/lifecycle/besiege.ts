import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Operation } from './operations';

export interface Attack extends Operation {
  /** Statuses that refuse it. */
  readonly refused: readonly number[];
}

export interface SiegeOptions {
  readonly endpoint: string;
  readonly attack: Attack;
  /** How long it lasts. */
  readonly ms: number;
}

export interface Siege {
  readonly medianMs: number;
  readonly slowestMs: number;
  /** Attacks that were not refused, or not answered; the first few. */
  readonly failures: readonly string[];
}

const ATTACKER = fileURLToPath(new URL('./attacker.ts', import.meta.url));

/**
 * Lets one attacker send the next as soon as the last was refused. It is a process of its own: what it costs to make an
 * attack must not count as what the server makes others wait.
 */
export async function besiege(options: SiegeOptions): Promise<Siege> {
  const attacker = fork(ATTACKER, { execArgv: ['--import', 'tsx'] });
  attacker.send(options);
  const [siege] = await once(attacker, 'message');
  return siege as Siege;
}
