/**
 * Seconds to wait, as a `Retry-After` header says: in seconds, or as a date.
 * @returns `undefined` where it says neither.
 */
export function retryAfterSeconds(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
