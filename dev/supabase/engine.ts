import { collectErrors } from './collect-errors';
import { hideFilterValues } from './filter-values';
import { keepExitCode } from './keep-exit-code';
import { loadLite } from './load-lite';
import { startPostgres } from './postgres';
import { seedProjects, seedTasks } from './seed';
import { createTurns } from './turns';

export interface EngineOptions {
  /** The secret that signs the tokens the engine accepts (HS256). It trusts any role in them. */
  readonly jwtSecret: string;
  /** Clerk user ids that {@link seedProjects} and {@link seedTasks} give rows to. */
  readonly userIds?: readonly string[];
}

/** Postgres with PostgREST's API in this process, in memory. Must not be reachable except through the front. */
export interface Engine {
  /** Serves `/rest/v1/*`. Without a token the caller has the role `anon`. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Runs one statement as superuser, past row-level security. Timestamps come as PostgREST writes them. */
  query(sql: string, params?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** Puts every row back to the seed. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an engine with the tables of `schema.sql` and the seed. Takes 3 to 5 seconds and nearly 1 GB. */
export function startEngine(options: EngineOptions): Promise<Engine> {
  return keepExitCode(() => start(options));
}

async function start({ jwtSecret, userIds = [] }: EngineOptions): Promise<Engine> {
  const { App } = await loadLite();
  const connection = await startPostgres();
  const postgres = connection.driver;
  const app = new App({
    connection,
    auth: { enabled: true, jwt_secret: jwtSecret },
    options: { server: { disableStudio: true, admin: false, apiKeys: false } },
  });

  // PGlite has one session, and nothing in the library keeps the transactions of concurrent requests apart
  // on it: one user's query could run with another's claims.
  const turns = createTurns();
  const inTurn = <T>(work: () => Promise<T>) => turns(() => keepExitCode(work));

  let reveal = (parameter: unknown) => parameter;
  const query = postgres.query.bind(postgres);
  postgres.query = (sql, params, options) => query(sql, params?.map(reveal), options);

  async function answer(request: Request): Promise<Response> {
    const hidden = hideFilterValues(request.url);
    reveal = hidden.reveal;
    const { result: response, printed } = await collectErrors(() =>
      app.fetch(new Request(hidden.url, request), { peerAddress: null }),
    );
    if (response.status >= 500) for (const args of printed) console.error(...args);
    // It repeats the URL with the stand-ins.
    response.headers.delete('content-location');
    return response;
  }

  async function reset(): Promise<void> {
    await postgres.transaction(async (transaction) => {
      // With whatever refers to them: somebody's own tables.
      await transaction.query('truncate public.projects, public.tasks cascade');
      const seed = async (table: string, columns: string, rows: readonly object[]) =>
        transaction.query(
          // Columns are named, so that one that somebody adds gets its default.
          `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
          [rows],
        );
      await seed(
        'public.projects',
        'id, user_id, parent_id, name, priority, budget, created_at',
        seedProjects(userIds),
      );
      await seed('public.tasks', 'id, user_id, project_id, title, done, created_at', seedTasks(userIds));
    });
  }

  await reset();
  // The first request makes the library read the catalogue: now, and not in the first caller's time.
  await answer(new Request('http://localhost/rest/v1/tasks?limit=0'));
  return {
    fetch: (request) => inTurn(() => answer(request)),
    query: (sql, params = []) =>
      inTurn(async () => (await query<Record<string, unknown>>(sql, [...params])).rows),
    reset: () => inTurn(reset),
    close: () => inTurn(() => connection.close()),
  };
}
