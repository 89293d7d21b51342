/** Next calls it once, before the server answers its first request. */
export async function register(): Promise<void> {
  // Next handles signals itself unless it was started to leave them to us, as `npm start` does.
  if (process.env.NEXT_RUNTIME !== 'nodejs' || !process.env.NEXT_MANUAL_SIG_HANDLE) return;
  const { drainOnSignals } = await import('./gateway/signals');
  drainOnSignals();
}
