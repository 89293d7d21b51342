import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Vite would load graphql's ES modules beside the CommonJS copy that libraries load;
    // with two copies `instanceof GraphQLError` is false and every code becomes INTERNAL_SERVER_ERROR.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['tests/{unit,integration,contract}/**/*.test.ts'],
    globalSetup: ['tests/harness/global-setup.ts'],
    setupFiles: ['tests/harness/setup.ts'],
    // A worker for each core; the database runs beside them.
    maxWorkers: 2,
    // Nothing is timed here: a busy machine may take its time.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
