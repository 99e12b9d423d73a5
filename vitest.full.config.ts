import { defineConfig } from 'vitest/config';

/** `npm run test:full`: what takes too long for every run, two files side by side. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
