import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { reportFailure } from './lifecycle/command';
import { markdown } from './speed/report/markdown';
import { plot } from './speed/report/plot';
import { mustHoldTable } from './speed/report/tables';
import { run } from './speed/run';

/**
 * `npm run bench -- [--short] [--built] [--servers a,b] [--operations x,y] [--node-arguments="--m --n"]`: throughput, latency, memory and
 * start-up of the gateway beside its peers. A whole run writes `bench/results.json`, `.md` and `.svg`. Exits with 1 where an answer was
 * wrong or a server failed; how fast anything is has no part in it.
 */
async function main(): Promise<void> {
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const { results, about, short, whole } = await run(print);
  if (short) {
    print(
      'Every server started, and answered and refused rightly, under load too. Nothing was measured for long enough to be told.',
    );
    return;
  }
  print(`\n${markdown(results, about)}`);
  if (whole) {
    write('json', `${JSON.stringify(results, null, 2)}\n`);
    write('md', markdown(results, about));
    write('svg', plot(results));
  }
  print(`What must hold:\n\n${mustHoldTable(results)}`);
}

function write(extension: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(`./results.${extension}`, import.meta.url)), text);
}

main().catch(reportFailure);
