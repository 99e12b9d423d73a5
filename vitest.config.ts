import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // What takes longer has a run of its own: `npm run test:full`.
    exclude: ['test/**/*.long.test.ts', 'test/cases/**', 'node_modules/**'],
    // The end-to-end files start child processes that mostly wait (octokit spaces its writes by seconds), so more
    // files than cores run side by side.
    pool: 'forks',
    maxWorkers: 4,
    // No file changes what another one sees, and loading the same sources 230 times over takes half a minute.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
