import { type CoverageQuestion, coverageOfMeasured } from '../../src/collect/coverage/coverage-of-change.ts';
import { measuredInWorkspace } from '../../src/collect/coverage/measured-in-workspace.ts';
import type { JudgedRepository } from '../../src/collect/git/judged-repository.ts';
import type { Change } from '../../src/core/change.ts';
import type { CoverageFacts } from '../../src/core/coverage-facts.ts';
import { isUnavailable, type Part } from '../../src/core/part.ts';

/** Everything that is known of a change's coverage, with the reports that lie in the workspace. */
export async function coverageOfChange(
  repository: JudgedRepository,
  change: Change,
  question: CoverageQuestion,
): Promise<Part<CoverageFacts>> {
  const read = await measuredInWorkspace(repository, question);
  return isUnavailable(read) ? read : coverageOfMeasured(repository, change, read, question);
}
