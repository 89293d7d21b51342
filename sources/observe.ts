import type { SourceName } from '../errors/upstream-errors';

/** A call to a source that a request waited for, alone or together with others. */
export interface SourceCall {
  readonly source: SourceName;
  /** What was called, such as `users`. */
  readonly call: string;
  /** How long the request waited for it, in milliseconds. */
  readonly ms: number;
}

/** Is told of each call when it has ended, well or badly. */
export type Observe = (call: SourceCall) => void;

/** Makes a call, and tells of it. */
export async function observed<T>(
  observe: Observe,
  source: SourceName,
  call: string,
  send: () => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  try {
    return await send();
  } finally {
    observe({ source, call, ms: performance.now() - startedAt });
  }
}
