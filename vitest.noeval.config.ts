import { defineConfig } from 'vitest/config';

/** What the browser gets, under the same ban as in the browser: no code is made from strings. */
export default defineConfig({
  test: {
    include: ['tests/noeval/**/*.test.ts'],
    testTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 1,
    execArgv: ['--disallow-code-generation-from-strings'],
  },
});
