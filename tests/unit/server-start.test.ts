import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PROJECT_FOLDER } from '../harness/command';

/** Makes objects that are kept, as sessions are, and then many of the same kind that are not; tells how many bytes these take in the old space. */
const PROGRAM = `
import { getHeapSpaceStatistics } from 'node:v8';
import { start } from './server/start';
const inOldSpace = () => getHeapSpaceStatistics().find((space) => space.space_name === 'old_space').space_used_size;
void start(async () => async () => {
  const make = (caller) => ({ caller, text: 'caller ' + caller });
  const kept = Array.from({ length: 300_000 }, (_, caller) => make(caller));
  gc();
  const before = inOldSpace();
  let last;
  for (let request = 0; request < 1_000_000; request += 1) last = make(request);
  process.stdout.write(JSON.stringify({ kept: kept.length, last: last.caller, bytes: inOldSpace() - before }));
});
`;

test('what requests make does not get old because callers are remembered who made the like', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', PROGRAM],
    { cwd: PROJECT_FOLDER },
  );
  const { bytes, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({ kept: 300_000, last: 999_999 });
  expect(bytes).toBeLessThan(2_000_000);
});
