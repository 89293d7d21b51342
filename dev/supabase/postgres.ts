import { readFile } from 'node:fs/promises';
import { loadLite } from './load-lite';

/** What a hosted Supabase has before the first migration runs. */
const ROLES_SQL = `
  create role anon nologin;
  create role authenticated nologin;
  grant usage on schema public, auth to anon, authenticated;
  set time zone 'UTC';
`;

const SCHEMA_URL = new URL('./schema.sql', import.meta.url);

/** Postgres's ids of its types. */
const BOOL = 16;
const TIMESTAMPTZ = 1184;

/**
 * Starts Postgres in this process, in memory, with Supabase's roles and functions and the tables of
 * `schema.sql`.
 *
 * @throws what Postgres says about `schema.sql`.
 */
export async function startPostgres() {
  const { SUPABASE_AUTH_HELPERS_SQL, createPgliteConnection } = await loadLite();
  const connection = await createPgliteConnection({
    pgliteOptions: {
      parsers: { [TIMESTAMPTZ]: isoTimestamp },
      // PGlite's own refuses a string, which Postgres reads or refuses much better.
      serializers: { [BOOL]: String },
    },
  });
  await connection.driver.exec(SUPABASE_AUTH_HELPERS_SQL);
  await connection.driver.exec(ROLES_SQL);
  await connection.driver.exec(await readFile(SCHEMA_URL, 'utf8'));
  return connection;
}

/** Postgres's `2026-01-02 03:04:05.123456+00` as PostgREST writes it: `2026-01-02T03:04:05.123456+00:00`. */
function isoTimestamp(text: string): string {
  return text.replace(/^(\S+) (\S+[+-]\d\d)$/, '$1T$2:00');
}
