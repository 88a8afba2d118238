import { defineConfig } from 'vitest/config';

/** Quick suites that start a whole hall, on the store of TEST_STORE: `npm run test:all -- --store postgres`. */
export default defineConfig({
  test: {
    include: [
      'tests/server/{http,metrics,portal,privacy,trace,use-cases}/**/*.test.ts',
      'tests/server/jobs/{dead-letters,jobs,void-secret}.test.ts',
      'tests/server/cases/{bank-lines,erase,places,shared-remittance,versions}.test.ts',
      'tests/server/connectors/http.test.ts',
      'tests/server/sandbox/platforms.test.ts',
    ],
    globalSetup: ['tests/support/postgres-of-run.ts'],
    setupFiles: ['tests/support/property-seed.ts', 'tests/support/places.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
