/**
 * Runs `work` and puts the exit code of this process back afterwards. PGlite is a program that was compiled for
 * another machine, and sets the exit code when it starts, when a query fails and when it ends: failed tests would
 * exit with 0.
 */
export async function keepExitCode<T>(work: () => Promise<T>): Promise<T> {
  const { exitCode } = process;
  try {
    return await work();
  } finally {
    process.exitCode = exitCode;
  }
}
