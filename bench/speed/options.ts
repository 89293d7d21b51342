import { parseArgs } from 'node:util';
import { COLD_TOKEN } from './cold-tokens';
import { GROWTH } from './growth';
import { SERVERS } from './servers';

/** What a run is told on the command line. */
export interface Options {
  /** Does everything once, and says nothing about time. */
  readonly short: boolean;
  /** What was built last will do. */
  readonly built: boolean;
  readonly includesServer: (name: string) => boolean;
  readonly includesOperation: (name: string) => boolean;
  /** Of Node's own, for every server beside those that it has anyway. */
  readonly nodeArguments: readonly string[];
  /** Everything is measured, so that the results may be written down. */
  readonly whole: boolean;
}

/**
 * Reads `--short`, `--built`, `--servers a,b`, `--operations x,y` and `--node-arguments="--m --n"`.
 * @throws {Error} naming what there is, where something is named that there is not.
 */
export function parseOptions(operations: readonly string[]): Options {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      servers: { type: 'string' },
      operations: { type: 'string' },
      'node-arguments': { type: 'string', default: '' },
    },
  });
  const { short, built } = values;
  const nodeArguments = values['node-arguments'].split(' ').filter((argument) => argument !== '');
  return {
    short,
    built,
    includesServer: chosen(
      'servers',
      values.servers,
      SERVERS.map(({ name }) => name),
    ),
    includesOperation: chosen('operations', values.operations, [...operations, COLD_TOKEN, GROWTH]),
    nodeArguments,
    whole:
      !short && values.servers === undefined && values.operations === undefined && nodeArguments.length === 0,
  };
}

function chosen(option: string, list: string | undefined, all: readonly string[]): (name: string) => boolean {
  const names = list?.split(',') ?? all;
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`--${option}: there is no ${unknown.join(', ')}, but ${all.join(', ')}.`);
  return (name) => names.includes(name);
}
