import { afterEach, beforeEach, expect, vi } from 'vitest';
import { takeLeaks } from './leaks';
import { guardNetwork, takeOutsideAttempts } from './network-guard';

guardNetwork();

let printed: unknown[][] = [];

beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'error').mockImplementation((...args: unknown[]) => {
    printed.push(args);
  });
});

afterEach(() => {
  expect(takeOutsideAttempts(), 'connections to other machines').toEqual([]);
  expect(printed, 'calls of console.error').toEqual([]);
  expect(takeLeaks(), 'tokens, keys and cookies in logs and answers').toEqual([]);
});

/** What was printed with `console.error` so far. Whoever takes it has expected it. */
export function takePrintedErrors(): unknown[][] {
  return printed.splice(0);
}
