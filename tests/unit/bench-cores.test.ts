import { expect, test } from 'vitest';
import { parseCoreList } from '../../bench/speed/cores';

test("Linux's list of cores is read", () => {
  expect(parseCoreList(' 0,1\n')).toEqual([0, 1]);
  expect(parseCoreList('4-6,9')).toEqual([4, 5, 6, 9]);
});
