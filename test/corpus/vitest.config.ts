import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run test:corpus`: kept apart from the suite, which never needs recorded data. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { include: ['test/corpus/**/*.corpus.ts'], pool: 'forks', testTimeout: 120_000 },
});
