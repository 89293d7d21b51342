import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Vite would load graphql's ES modules beside the CommonJS copy that libraries load;
    // with two copies `instanceof GraphQLError` is false and every code becomes INTERNAL_SERVER_ERROR.
    alias: { graphql: 'graphql/index.js' },
  },
  test: {
    include: ['tests/{unit,integration,contract}/**/*.test.ts'],
  },
});
