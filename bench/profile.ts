import { parseArgs } from 'node:util';
import { reportFailure } from './lifecycle/command';
import { profileServer } from './speed/profile/profile-server';
import { STAGES } from './speed/profile/stages';
import { table } from './speed/report/format';
import { serverNamed } from './speed/servers';
import { setUp } from './speed/setup';

/** Functions that are listed besides the stages. */
const FUNCTIONS = 15;

/**
 * `npm run bench:profile -- --server gateway-next [--seconds 10] [--built]`: shares of the processor's time by stage while a server answers
 * `{ viewer { id } }` over 32 connections.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      server: { type: 'string', default: 'gateway-next' },
      seconds: { type: 'string', default: '10' },
      built: { type: 'boolean', default: false },
    },
  });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const spec = serverNamed(values.server);
  if (!values.built) await setUp(print);
  const { itself, withNode, functions } = await profileServer(spec, Number(values.seconds));
  const rows = STAGES.map((stage) => [stage, percent(itself.get(stage)), percent(withNode.get(stage))]);
  print(table([`${spec.name}: time by stage`, 'itself', 'with what it calls in Node'], rows));
  const greatest = functions.slice(0, FUNCTIONS).map(([name, share]) => [name, percent(share)]);
  print(`\n${table(['functions with the most of it', 'share'], greatest)}`);
}

function percent(share = 0): string {
  return `${(share * 100).toFixed(1)} %`;
}

main().catch(reportFailure);
