import { defineConfig } from 'vitest/config';

/** Suites that play with several processes, a database or a storage that fails, or hundreds of cases: part of `npm run test:all`. */
export const long = [
  'tests/campaigns/{crash,disk,nodes,world}/**/*.test.ts',
  'tests/server/main.test.ts',
  'tests/server/crypto/rotate.test.ts',
  'tests/server/files/{bucket,s3}.test.ts',
  'tests/server/store/postgres/{equal,move,nodes,point-in-time,store}.test.ts',
];

export default defineConfig({
  test: {
    include: long,
    setupFiles: ['tests/support/property-seed.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
  },
});
