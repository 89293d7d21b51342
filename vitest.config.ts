import { defineConfig } from 'vitest/config';

/** Suites that do not ask a gateway, or start servers of their own. */
const WITHOUT_GATEWAY = [
  'commands',
  'drain',
  'large-answers',
  'lifecycle',
  'local-*',
  'ordinary-sessions',
  'planned-execution*',
  'retention',
  'ways-in',
].map((name) => `tests/integration/${name}.test.ts`);

export default defineConfig({
  resolve: {
    // Vite would load graphql's ES modules beside the CommonJS copy that libraries load;
    // with two copies `instanceof GraphQLError` is false and every code becomes INTERNAL_SERVER_ERROR.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    globalSetup: ['tests/harness/global-setup.ts'],
    // A worker for each core; the database runs beside them.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'gateway',
          include: ['tests/{unit,integration,contract}/**/*.test.ts'],
          setupFiles: ['tests/harness/setup.ts'],
          provide: { wayIn: 'fetch' },
          // Nothing is timed here: a busy machine may take its time.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Every promise that is kept to a request, kept over HTTP too.
          name: 'over HTTP',
          include: ['tests/integration/**/*.test.ts', 'tests/contract/graphql-over-http.test.ts'],
          exclude: WITHOUT_GATEWAY,
          setupFiles: ['tests/harness/setup.ts'],
          provide: { wayIn: 'node' },
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
