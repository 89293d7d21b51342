import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects all garbage of this process, gateway included. */
export const collectGarbage: () => void = runInNewContext('gc');

/** Collects garbage again and again until `work` has ended. */
export async function whileCollectingGarbage<T>(work: () => Promise<T>): Promise<T> {
  const collecting = setInterval(collectGarbage, 100);
  try {
    return await work();
  } finally {
    clearInterval(collecting);
  }
}
