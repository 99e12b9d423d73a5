import type { Change } from '../../core/change.ts';
import type { CoveredChangedFile } from '../../core/coverage-facts.ts';
import { branchDepths, meanBranchDepth } from '../../coverage/measure/branch-depth.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';

const largestFile = 1024 * 1024;

/** The mean branch depth of added lines that no test runs, by path at the head; files that cannot be read are absent. */
export async function branchDepthsAtHead(
  repository: JudgedRepository,
  change: Change,
  files: readonly CoveredChangedFile[],
): Promise<ReadonlyMap<string, number>> {
  const places = repository.contentsOf(change);
  const headOf = ({ path }: CoveredChangedFile) => places?.get(path)?.head;
  const texts = await repository.readBlobs(
    files.flatMap((file) => headOf(file) ?? []),
    { maxBytes: largestFile },
  );
  const added = new Map(change.files.map((file) => [file.path, file.added]));
  return new Map(
    files.flatMap((file) => {
      const content = texts.get(headOf(file) ?? '');
      if (!(content instanceof Uint8Array)) return [];
      const depths = branchDepths(Buffer.from(content).toString('utf8'));
      return [[file.path, meanBranchDepth(depths, file.runs, added.get(file.path) ?? [])] as const];
    }),
  );
}
