import { defineConfig } from 'vitest/config';

/** The browser suite: one application, one Chromium, one file after the other. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/harness/application.ts'],
    fileParallelism: false,
    // A browser and two servers share the machine: what fails twice is broken.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
