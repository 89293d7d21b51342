/**
 * Loads Supabase Lite with its PGlite driver, and only where an engine is wanted: it is large.
 *
 * The library replaces `process.emitWarning` by a function that throws when it is given an `Error`, which is
 * what Node itself gives it. The original is put back.
 */
export async function loadLite() {
  const { emitWarning } = process;
  try {
    const [{ App, SUPABASE_AUTH_HELPERS_SQL }, { createPgliteConnection }] = await Promise.all([
      import('@supabase/lite'),
      import('@supabase/lite/pglite'),
    ]);
    return { App, SUPABASE_AUTH_HELPERS_SQL, createPgliteConnection };
  } finally {
    process.emitWarning = emitWarning;
  }
}
