import type { Change } from '../../core/change.ts';
import type {
  BaseCoverage,
  CoverageFacts,
  CoveredChangedFile,
  LineCount,
  TrendPoint,
} from '../../core/coverage-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { findModules } from '../../coverage/measure/find-modules.ts';
import { moduleLedgers } from '../../coverage/measure/module-ledgers.ts';
import { nearestTestAmong } from '../../coverage/measure/nearest-test.ts';
import { type Comparison, compareWithBase, type Measured } from '../coverage-history/compare-with-base.ts';
import { type CoverageChain, coverageRef, openCoverageChain } from '../coverage-history/coverage-chain.ts';
import { flakyLines, lostLinesAtHead } from '../coverage-history/lost-lines.ts';
import { mergeShards } from '../coverage-history/shard-lines.ts';
import { storedHistory } from '../coverage-history/stored-base.ts';
import type { Remote } from '../git/git-environment.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { PastChanges } from '../git/past-changes.ts';
import { ordinaryPaths } from '../git/tree-files.ts';
import { branchDepthsAtHead } from './branch-depths-at-head.ts';
import { coverageFacts } from './collect-coverage.ts';
import type { MeasuredCommit } from './measured-in-workspace.ts';
import { moduleSources } from './module-sources.ts';
import { readReports } from './read-reports.ts';
import { reportGaps } from './report-gaps.ts';

export interface CoverageQuestion {
  /** The folder the tests ran in, with their reports. */
  readonly workspace: string;
  /** Globs of reports; empty looks for the well-known names. */
  readonly reports: readonly string[];
  /** Globs of reports of the base commit; they stand in for the stored coverage. */
  readonly baseReports?: readonly string[];
  /** Where coverage is stored; absent: in the checkout itself, when its ref was fetched. */
  readonly remote?: Remote;
  /** Stored coverage that lies elsewhere than at `remote`; whoever opened it closes it. */
  readonly history?: CoverageChain;
  readonly scratchFolder: string;
  /** Name → globs, as the settings have them. */
  readonly modules?: Readonly<Record<string, readonly string[]>>;
}

/** What was measured with its lines carried to the head, what was before, and how it went so far. */
export async function coverageOfMeasured(
  repository: JudgedRepository,
  change: Change,
  { measured, commit }: MeasuredCommit,
  question: CoverageQuestion,
): Promise<Part<CoverageFacts>> {
  const [files, toHead] = await Promise.all([
    repository.listFiles(commit),
    repository.hunksBetween(commit, change.head),
  ]);
  if (isUnavailable(files)) return files;
  if (isUnavailable(toHead)) return toHead;
  const facts = coverageFacts(measured, { measuredCommit: commit, change, hunksFromMeasuredToHead: toHead });
  const head = { measured, commit, toHead };
  const trackedFiles = ordinaryPaths(files);
  const [before, sources, gaps, past, depths] = await Promise.all([
    historyOf(repository, change, question, head),
    moduleSources(repository, change.mergeBase),
    reportGaps(facts, { repository, change, trackedFiles }),
    pastOf(repository, change, facts),
    depthsOf(repository, change, facts),
  ]);
  const nearestTest = nearestTestAmong(trackedFiles);
  const modules = findModules({
    ...sources,
    ...(question.modules && { configured: question.modules }),
    tracked: trackedFiles,
    measured: [...measured.files.keys()],
  });
  return {
    ...facts,
    ...gaps,
    changed: facts.changed.map((file) => {
      const test = hasMissed(file) ? nearestTest(file.path) : undefined;
      const known = past.get(file.path);
      const branchDepth = depths.get(file.path);
      return {
        ...file,
        module: modules.nameOf(file.path),
        ...(known && { past: { changes: known.changes, fixes: known.fixes } }),
        ...(branchDepth !== undefined && { branchDepth }),
        ...(test !== undefined && { nearestTest: test }),
      };
    }),
    ...(before.remarks.length > 0 && { reports: withRemarks(facts.reports, before.remarks) }),
    base: before.base,
    trend: before.trend,
    modules: moduleLedgers(
      modules,
      countsOf(facts.files),
      before.comparison?.files,
      change.files.map(({ path }) => path),
    ),
  };
}

const pastDays = 180;
const mostAsked = 200;

/** How often the files that leave lines out were changed and repaired before: what their order rests on. */
async function pastOf(
  repository: JudgedRepository,
  change: Change,
  { changed }: CoverageFacts,
): Promise<ReadonlyMap<string, PastChanges>> {
  const now = new Map(change.files.map((file) => [file.previousPath ?? file.path, file.path]));
  const paths = new Set(changed.filter(hasMissed).map(({ path }) => path));
  const asked = [...now].filter(([, path]) => paths.has(path)).map(([before]) => before);
  // One file alone has no order to be put into.
  if (asked.length < 2) return new Map();
  const [base] = present(await repository.firstParents(change.mergeBase, 1));
  if (base === undefined) return new Map();
  const since = new Date(Date.parse(base.committedAt) - pastDays * 86_400_000).toISOString();
  const found = await repository.pastChanges(change.mergeBase, since, asked.slice(0, mostAsked));
  if (isUnavailable(found)) return new Map();
  return new Map([...found].map(([path, past]) => [now.get(path) ?? path, past]));
}

/** How deep in branches those lines stand; like the past, it only serves an order. */
async function depthsOf(
  repository: JudgedRepository,
  change: Change,
  { changed }: CoverageFacts,
): Promise<ReadonlyMap<string, number>> {
  const asked = changed.filter(hasMissed).slice(0, mostAsked);
  return asked.length < 2 ? new Map() : branchDepthsAtHead(repository, change, asked);
}

function hasMissed({ runs }: CoveredChangedFile): boolean {
  return runs.some(([, , status]) => status === 'miss');
}

function present<T>(part: Part<readonly T[]>): readonly T[] {
  return isUnavailable(part) ? [] : part;
}

interface Before {
  readonly base: Part<BaseCoverage>;
  readonly trend: Part<readonly TrendPoint[]>;
  readonly comparison?: Comparison;
  readonly remarks: readonly string[];
}

interface HeadMeasurement extends MeasuredCommit {
  readonly toHead: Measured['toHead'];
}

async function historyOf(
  repository: JudgedRepository,
  change: Change,
  question: CoverageQuestion,
  head: HeadMeasurement,
): Promise<Before> {
  const { baseReports = [] } = question;
  if (baseReports.length > 0) return reportedBase(repository, change, question.workspace, baseReports, head);
  if (question.history) return fromHistory(repository, question.history, change, head);
  const remote = question.remote ?? (await ownStore(repository, question.workspace));
  if (isUnavailable(remote)) return { base: remote, trend: remote, remarks: [] };
  const chain = await openCoverageChain({ remote, scratchFolder: question.scratchFolder });
  if (isUnavailable(chain)) return { base: chain, trend: chain, remarks: [] };
  try {
    return await fromHistory(repository, chain, change, head);
  } finally {
    await chain.close();
  }
}

/** A clone that fetched the stored coverage has it at hand; nothing is fetched for a local run. */
async function ownStore(repository: JudgedRepository, workspace: string): Promise<Part<Remote>> {
  if (!isUnavailable(await repository.resolve(coverageRef))) return { url: workspace };
  return unavailable(
    `this clone has no stored coverage to compare with; \`git fetch origin ${coverageRef}:${coverageRef}\` brings it, or give reports of the base with --base-coverage`,
  );
}

async function fromHistory(
  repository: JudgedRepository,
  chain: CoverageChain,
  change: Change,
  head: HeadMeasurement,
): Promise<Before> {
  const stored = await storedHistory(repository, chain, change.mergeBase);
  const { trend, remarks } = stored;
  if (isUnavailable(stored.base)) return { base: stored.base, trend, remarks };
  const comparison = await compareWithBase(repository, stored.base.base, asMeasured(change, head));
  if (isUnavailable(comparison)) return { base: comparison, trend, remarks };
  const flaky = await flakyLines(repository, chain, stored.base.older, head.commit, comparison.lost);
  const lostLines = lostLinesAtHead(comparison.lost, flaky, head.toHead);
  return { base: { ...comparison.base, lostLines }, trend, comparison, remarks };
}

async function reportedBase(
  repository: JudgedRepository,
  change: Change,
  workspace: string,
  reports: readonly string[],
  head: HeadMeasurement,
): Promise<Before> {
  const trend = unavailable('reports of the base were given, which have no history');
  const tracked = await repository.listFiles(change.mergeBase);
  if (isUnavailable(tracked)) return { base: tracked, trend, remarks: [] };
  const measured = await readReports({
    workspace,
    reports,
    trackedFiles: ordinaryPaths(tracked),
  });
  if (isUnavailable(measured))
    return { base: unavailable(`the coverage of the base: ${measured.unavailable}`), trend, remarks: [] };
  // Their folders differ from those of the head's reports, so no shard of the one is expected in the other.
  const shards = new Map([['base', mergeShards(measured.shards())]]);
  const own = {
    ...asMeasured(change, head),
    shards: new Map([['base', mergeShards(head.measured.shards())]]),
  };
  const comparison = await compareWithBase(
    repository,
    { commit: change.mergeBase, from: 'reports', distance: 0, shards },
    own,
  );
  if (isUnavailable(comparison)) return { base: comparison, trend, remarks: [] };
  const lostLines = lostLinesAtHead(comparison.lost, new Map(), head.toHead);
  return { base: { ...comparison.base, lostLines }, trend, comparison, remarks: [] };
}

function asMeasured(change: Change, { measured, commit, toHead }: HeadMeasurement): Measured {
  const shards = measured.shards();
  return { change, commit, shards, lines: mergeShards(shards), toHead };
}

function countsOf(files: CoverageFacts['files']): ReadonlyMap<string, LineCount> {
  return new Map(
    files.map(({ path, totals: { hit, partial, miss } }) => [
      path,
      { ran: hit + partial, lines: hit + partial + miss },
    ]),
  );
}

function withRemarks(
  reports: CoverageFacts['reports'],
  remarks: readonly string[],
): CoverageFacts['reports'] {
  return reports.map((report, index) =>
    index === 0 ? { ...report, remarks: [...report.remarks, ...remarks] } : report,
  );
}
