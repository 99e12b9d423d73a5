import type { CoverageFacts } from '../../core/coverage-facts.ts';
import { quoteName } from '../../core/quote-name.ts';

/**
 * Why the reports say nothing about this repository, when more of their files than `largestShare` (a ratio) match no
 * tracked file: then the paths are wrong, and every number would be. Installed and system code is left out of the count.
 */
export function mappingDoubt(coverage: CoverageFacts, largestShare: number): string | undefined {
  const strange = coverage.unmapped.filter(({ isThirdParty }) => !isThirdParty);
  const own = coverage.reportedFiles - (coverage.unmapped.length - strange.length);
  const [example] = strange;
  if (example === undefined || strange.length <= own * largestShare) return undefined;
  return (
    `${strange.length} of ${own} files in the coverage report match no tracked file (${quoteName(example.reportPath)}: ${example.why}); ` +
    'the report may come from another checkout or a build folder'
  );
}
