/** Next calls it once, before the server answers its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { drainOnSignals } = await import('./gateway/signals');
  drainOnSignals();
}
