/**
 * Collects rejections that nobody handles, instead of Vitest, which would fail for them: what is tried beside our own code may
 * leave some behind.
 */
export function collectUnhandledRejections(): { take(): unknown[]; stop(): void } {
  const listeners = process.listeners('unhandledRejection');
  const reasons: unknown[] = [];
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => reasons.push(reason));
  return {
    take: () => reasons.splice(0),
    stop() {
      process.removeAllListeners('unhandledRejection');
      for (const listener of listeners) process.on('unhandledRejection', listener);
    },
  };
}
