import { defineConfig } from 'vitest/config';

/** `npm run test:full`: what takes too long for every run, one file after the other. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
