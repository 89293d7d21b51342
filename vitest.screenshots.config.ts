import { defineConfig } from 'vitest/config';
import e2e from './vitest.e2e.config';

/** `npm run screenshots`: renews the pictures in docs/images, with the browser suite's application and browser. */
export default defineConfig({ ...e2e, test: { ...e2e.test, include: ['tests/e2e/screenshots.ts'] } });
