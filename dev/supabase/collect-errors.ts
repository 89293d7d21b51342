import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What the running work printed. One storage for all work, because Node never forgets one and visits each on
 * every promise: one per request made the hundredth request ten times slower than the first.
 */
const printedBy = new AsyncLocalStorage<unknown[][]>();

/**
 * Runs `work` and collects what it prints with `console.error` instead of printing it. Everybody else's
 * `console.error` prints as usual meanwhile.
 *
 * The library prints each error of Postgres with its stack, also those that are a caller's mistake and that
 * the response tells about, and has no logger option.
 */
export async function collectErrors<T>(
  work: () => Promise<T>,
): Promise<{ result: T; printed: readonly unknown[][] }> {
  const printed: unknown[][] = [];
  const original = console.error;
  const collect = (...args: unknown[]) => {
    const collected = printedBy.getStore();
    if (collected === undefined) original.apply(console, args);
    else collected.push(args);
  };
  console.error = collect;
  try {
    return { result: await printedBy.run(printed, work), printed };
  } finally {
    // Somebody who replaced it meanwhile, such as a test's spy, puts it back himself.
    if (console.error === collect) console.error = original;
  }
}
