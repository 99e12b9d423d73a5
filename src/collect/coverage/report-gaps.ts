import type { Change } from '../../core/change.ts';
import type { CoverageFacts } from '../../core/coverage-facts.ts';
import { groupBy } from '../../core/group-by.ts';
import { holdsNoCode } from '../../coverage/measure/holds-no-code.ts';
import { isSourceFile, sourceExtensions } from '../../coverage/measure/source-file.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';

interface Repository {
  readonly repository: JudgedRepository;
  readonly change: Change;
  /** Every file of the measured commit. */
  readonly trackedFiles: readonly string[];
}

/** Fewer source files in a folder say nothing about whether the report leaves the folder out. */
const fewestFiles = 3;
const largestFile = 512 * 1024;
const mostFiles = 200;

/** What the report lacks and nobody could expect there: files without code, folders it never covers. */
export async function reportGaps(
  coverage: CoverageFacts,
  { repository, change, trackedFiles }: Repository,
): Promise<Pick<CoverageFacts, 'foldersLeftOut' | 'withoutCode'>> {
  const known = new Set(coverage.files.map(({ path }) => path));
  const extensions = sourceExtensions(known);
  const added = new Set(change.files.filter(({ status }) => status === 'added').map(({ path }) => path));
  const before = trackedFiles.filter((path) => !added.has(path) && isSourceFile(path, extensions));
  const covered = new Set([...known].map(topFolder));
  const foldersLeftOut = [...groupBy(before, topFolder)]
    .filter(([folder, files]) => folder !== '' && files.length >= fewestFiles && !covered.has(folder))
    .map(([folder]) => folder)
    .toSorted();
  const missing = change.files.filter(
    ({ path, kind, status }) =>
      kind === 'file' && status !== 'deleted' && !known.has(path) && isSourceFile(path, extensions),
  );
  return {
    foldersLeftOut,
    withoutCode: await withoutCode(
      repository,
      change,
      missing.slice(0, mostFiles).map(({ path }) => path),
    ),
  };
}

async function withoutCode(
  repository: JudgedRepository,
  change: Change,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const places = repository.contentsOf(change);
  const headOf = (path: string) => places?.get(path)?.head;
  const blobs = await repository.readBlobs(
    paths.flatMap((path) => headOf(path) ?? []),
    { maxBytes: largestFile },
  );
  return paths.filter((path) => {
    const blob = blobs.get(headOf(path) ?? '');
    return blob instanceof Uint8Array && holdsNoCode(path, new TextDecoder().decode(blob));
  });
}

function topFolder(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}
