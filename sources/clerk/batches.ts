import DataLoader from 'dataloader';
import { inFlight } from '../in-flight';

/** How a batch is loaded. */
export interface BatchOptions<T> {
  /** Keys in a batch at most. */
  readonly size: number;
  /** Batches on their way at the same time at most: while they are, the next one fills. */
  readonly concurrency: number;
  /** Resolves with a value or an error for each key, in order. */
  load(keys: readonly string[]): Promise<readonly (T | Error)[]>;
}

/**
 * Loads keys together, for the whole process, and keeps nothing: each key is on its way once. The busier it is, the fuller
 * the batches.
 */
export function createBatches<T>({ size, concurrency, load }: BatchOptions<T>): (key: string) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];

  const loader = new DataLoader<string, T>(
    async (keys) => {
      try {
        return await load(keys);
      } finally {
        running -= 1;
        start();
      }
    },
    {
      // A key that the loader remembered would make it dispatch batches without keys.
      cache: false,
      maxBatchSize: size,
      batchScheduleFn(dispatch) {
        waiting.push(dispatch);
        // Requests that arrive in the same turn share a batch.
        setImmediate(start);
      },
    },
  );
  const once = inFlight<T>();

  function start(): void {
    while (running < concurrency) {
      const dispatch = waiting.shift();
      if (dispatch === undefined) return;
      running += 1;
      dispatch();
    }
  }

  return (key) => once(key, () => loader.load(key));
}
