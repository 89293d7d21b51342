/** Calls what it is given once everything that has arrived by now was looked at, or much of it, in order. */
export type NextTurn = (task: () => void) => void;

/** So many answers are worth waking a client for. With thousands at once it goes on asking while the others are worked out. */
const MANY = 32;

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
    ready.push(task);
    if (ready.length === 1) setImmediate(end);
    else if (ready.length === MANY) end();
  };
}
