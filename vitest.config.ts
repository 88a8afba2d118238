import { defineConfig } from 'vitest/config';
import { long } from './vitest.long.config.ts';

/** What holds no state of its own: the files of a worker share what they import, which is most of the time they would take. */
const pure = ['tests/engine/**/*.test.{ts,tsx}', 'tests/ui/**/*.test.{ts,tsx}', 'tests/workflows/**/*.test.{ts,tsx}'];

/** The quick suites: everything but the browser suites, the long ones and the campaigns. */
export default defineConfig({
  test: {
    setupFiles: ['tests/support/property-seed.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...pure, ...long, 'tests/e2e/**', 'tests/noeval/**', '**/node_modules/**'],
        },
      },
    ],
  },
});
