import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGitRepository } from '../support/git-repository.ts';
import { hostileHistories } from './history.ts';
import { printedReport, runSafely } from './run-safely.ts';

describe('a repository with', () => {
  it.each(hostileHistories)(
    '$title is judged, or it is said why not',
    async ({ make, says, tells, foundAt, objectFormat }) => {
      const repository = createGitRepository({ ...(objectFormat && { objectFormat }) });
      make(repository);
      const run = await runSafely(
        ['check', '--repo', repository.folder, '--base', 'main', '--head', 'change', '--format', 'json'],
        { cwd: repository.folder },
      );
      if (says) {
        expect(run.exitCode).toBe(2);
        expect(run.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(says)]);
      } else if (tells) {
        expect(printedReport(run).remarks).toEqual([expect.stringMatching(tells)]);
      } else {
        const found = printedReport(run).findings.filter(({ rule }) => rule === 'migrations/blocking-index');
        expect(found.map(({ place }) => place?.path)).toEqual([foundAt ?? 'db/migrations/1.sql']);
      }
      expect(readdirSync(repository.folder)).toEqual(['.git']);
      repository.remove();
    },
  );
});
