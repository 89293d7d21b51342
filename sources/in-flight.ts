/**
 * Shares a running call: while one for a key is on its way, others who want the same get its outcome. Nothing is kept
 * afterwards.
 *
 * @param call must not depend on the deadline or the departure of any one of those who wait.
 */
export function inFlight<T>(): (key: string, call: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, call) => {
    const known = running.get(key);
    if (known !== undefined) return known;
    const started = call().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
