/**
 * Whether a value is to be waited for. Strings and numbers, which most values are, are told apart without a look at their
 * properties.
 */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  const { then }: { readonly then?: unknown } = value;
  return typeof then === 'function';
}
