import type { CommitId } from '../../core/change.ts';
import { isTestFile } from '../../coverage/measure/source-file.ts';
import { createLogReader, readableLog } from '../history/log-reader.ts';
import type { ObjectStore } from './object-store.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { prefetchTrees } from './tree-difference.ts';

/** How often a file was changed on the branch, and how many of those changes call themselves a fix. */
export interface PastChanges {
  readonly changes: number;
  readonly fixes: number;
  /** Changes that touched a test file too. */
  readonly withTests: number;
  /** The test file that was changed with it most often. */
  readonly test?: string;
}

/** More merges than this are not looked through for a mere order of findings. */
const mostCommits = 1_000;
const fix = /\b(?:fix(?:e[sd])?|bugs?|hotfix|regressions?|reverts?)\b/i;

/** By path, over the first-parent line below a commit since a time (ISO 8601); paths without a change are absent. */
export async function pastChanges(
  scratch: ScratchRepository,
  store: ObjectStore,
  commit: CommitId,
  since: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, PastChanges>> {
  const walk = ['log', '--first-parent', `--since=${since}`, `--max-count=${mostCommits}`];
  if (scratch.remote) {
    const { stdout } = await scratch.run([...walk, '--format=%H %P', '--end-of-options', commit]);
    const ids = stdout.toString('latin1').split('\n').filter(Boolean);
    await prefetchTrees(scratch, store, [...new Set(ids.flatMap((line) => line.split(' ').slice(0, 2)))]);
  }
  const asked = new Set(paths);
  const found = new Map<string, Counted>();
  const reader = createLogReader(({ message, paths: touched }) => {
    const isFix = fix.test(message.slice(0, message.search(/\n|$/)));
    const tests = touched
      .filter(({ path, status }) => status !== 'D' && isTestFile(path))
      .map(({ path }) => path);
    for (const { path } of touched) {
      if (!asked.has(path)) continue;
      const known = found.get(path) ?? { changes: 0, fixes: 0, withTests: 0, tests: new Map() };
      found.set(path, known);
      known.changes += 1;
      if (isFix) known.fixes += 1;
      if (tests.length > 0) known.withTests += 1;
      for (const test of tests) known.tests.set(test, (known.tests.get(test) ?? 0) + 1);
    }
  });
  await scratch.run(
    [...walk, '-m', '--full-diff', ...readableLog, '--end-of-options', commit, '--', ...paths],
    { onOutput: (chunk) => reader.push(chunk), maxBytes: 2 ** 30 },
  );
  reader.end();
  return new Map(
    [...found].map(([path, { changes, fixes, withTests, tests }]) => {
      const [most] = [...tests].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return [path, { changes, fixes, withTests, ...(most && { test: most[0] }) }];
    }),
  );
}

interface Counted {
  changes: number;
  fixes: number;
  withTests: number;
  readonly tests: Map<string, number>;
}
