/** Calls what it is given once everything that has arrived by now was looked at, in order. */
export type NextTurn = (task: () => void) => void;

/**
 * Lets answers that are ready in one turn of the event loop be written one after the other at its end. A write wakes the client, which
 * may cost as much as working an answer out; while the client is awake it takes the others along.
 */
export function answerTurns(): NextTurn {
  let ready: (() => void)[] = [];
  function end(): void {
    const tasks = ready;
    ready = [];
    for (const task of tasks) task();
  }
  return (task) => {
    if (ready.push(task) === 1) setImmediate(end);
  };
}
