import { defineConfig } from 'vitest/config';

/** Suites that play with several processes, a database that is killed, or hundreds of cases: part of `npm run test:all`. */
export const long = [
  'tests/campaigns/crash/**/*.test.ts',
  'tests/campaigns/nodes/**/*.test.ts',
  'tests/campaigns/world/**/*.test.ts',
  'tests/server/store/postgres/{equal,move,nodes,point-in-time}.test.ts',
];

export default defineConfig({
  test: {
    include: long,
    setupFiles: ['tests/support/property-seed.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'threads',
    // Each starts processes of its own.
    maxWorkers: 1,
  },
});
