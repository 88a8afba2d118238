import { defineConfig } from 'vitest/config';

/** Browser suites: one after the other, each with its own server, data folder and browser. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/support/postgres-of-run.ts'],
    setupFiles: ['tests/support/places.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A page on a busy machine answers later than the second that is given otherwise.
    expect: { poll: { timeout: 20_000 } },
    // A browser that draws no frame for a quarter of a minute is the machine's fault; the report names what was tried twice.
    retry: 1,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
