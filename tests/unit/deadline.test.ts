import { expect, test } from 'vitest';
import { withinLimit } from '../../sources/deadline';
import { whileCollectingGarbage } from '../harness/garbage';

test('a limit is kept although nobody else holds it while garbage is collected', async () => {
  const signal = withinLimit(new AbortController().signal, 200);
  await whileCollectingGarbage(
    () => new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true })),
  );
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('whatever ends the signal ends it sooner', () => {
  const caller = new AbortController();
  const signal = withinLimit(caller.signal, 60_000);
  caller.abort(new Error('gone'));
  expect(signal.reason).toMatchObject({ message: 'gone' });
});
