import type { Facts } from './facts.ts';
import { isUnavailable } from './part.ts';
import { quoteName } from './quote-name.ts';

const mostListed = 10;

/** Everything that was left out of the judging without a rule being unable to look: said in every output. */
export function remarksOf(facts: Facts): readonly string[] {
  return [
    ...facts.settings.problems,
    ...facts.remarks,
    ...notAnalysed(facts),
    ...coverage(facts),
    ...earlier(facts),
  ];
}

function notAnalysed({ migrations }: Facts): readonly string[] {
  if (isUnavailable(migrations)) return [];
  const parts = migrations.files.flatMap(({ path, notAnalysed }) =>
    notAnalysed.map(({ lines, why }) => `${quoteName(`${path}:${lines.start}`)} was not analysed: ${why}`),
  );
  return shortened(parts, (more) => `${more} more parts of migrations were not analysed`);
}

function coverage(facts: Facts): readonly string[] {
  if (isUnavailable(facts.coverage)) return [];
  const unmapped = facts.coverage.unmapped.map(
    ({ reportPath, why }) => `${quoteName(reportPath)} in the coverage report: ${why}`,
  );
  const odd = facts.coverage.reports.flatMap(({ path, remarks }) =>
    remarks.map((remark) => `${quoteName(path)}: ${remark}`),
  );
  return [
    ...shortened(odd, (more) => `${more} more oddities in coverage reports`),
    ...shortened(unmapped, (more) => `${more} more paths of the coverage report match no tracked file`),
  ];
}

function earlier({ earlierResults, replies }: Facts): readonly string[] {
  return [earlierResults, replies].flatMap((part) => (isUnavailable(part) ? [part.unavailable] : []));
}

function shortened(remarks: readonly string[], rest: (more: number) => string): readonly string[] {
  if (remarks.length <= mostListed) return remarks;
  return [...remarks.slice(0, mostListed), rest(remarks.length - mostListed)];
}
