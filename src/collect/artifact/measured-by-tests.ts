import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { MeasuredReports } from '../coverage/read-reports.ts';
import { mergeShards, sumOfTotals } from '../coverage-history/shard-lines.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { ordinaryPaths } from '../git/tree-files.ts';
import { collectRunData, type RunData, type RunDataRequest } from './collect-run-data.ts';
import { fileCoverageOfRuns } from './file-coverage-of-runs.ts';

/** In all files together: line by line they still fit into memory. */
const mostLines = 20_000_000;

export interface MeasuredByTests {
  readonly commit: string;
  readonly measured: MeasuredReports;
}

/**
 * What test jobs elsewhere have measured of a head. What their data says about itself is held against git: the commit
 * has to be the head or a merge of it, and every path has to be a file of that commit.
 */
export async function measuredByTests(
  request: RunDataRequest,
  repository: JudgedRepository,
): Promise<Part<MeasuredByTests>> {
  const data = await collectRunData(request);
  if (isUnavailable(data)) return data;
  const strange = await whyStrange(data.measuredCommit, repository, request.head);
  return strange === undefined ? asReports(data, repository) : unavailable(strange);
}

async function whyStrange(
  measured: string,
  repository: JudgedRepository,
  head: string,
): Promise<string | undefined> {
  if (measured === head) return undefined;
  const parents = await repository.parentsOf(measured);
  if (isUnavailable(parents))
    return `the commit ${measured.slice(0, 7)} that the tests ran on could not be read: ${parents.unavailable}`;
  return parents.includes(head)
    ? undefined
    : `the coverage data of the test jobs was refused: it was measured on ${measured.slice(0, 7)}, which is neither the head ${head.slice(0, 7)} nor a merge of it`;
}

/** The data of a commit, as if its reports had been read here. */
async function asReports(
  { measuredCommit, shards: data, remarks }: RunData,
  repository: JudgedRepository,
): Promise<Part<MeasuredByTests>> {
  const tracked = await repository.listFiles(measuredCommit);
  if (isUnavailable(tracked)) return tracked;
  const paths = new Set(ordinaryPaths(tracked));
  const shards = new Map([...data].map(([name, { files }]) => [name, files]));
  const lines = mergeShards(shards);
  const foreign = [...lines.keys()].filter((path) => !paths.has(path)).length;
  if (foreign > 0)
    return unavailable(
      `the coverage data of the test jobs was refused: commit ${measuredCommit.slice(0, 7)} has no file at ${foreign} of its ${lines.size} paths`,
    );
  const { hit, partial, miss } = sumOfTotals(lines);
  if (hit + partial + miss > mostLines)
    return unavailable(
      `the coverage data of the test jobs was refused: it speaks of more than ${mostLines} lines`,
    );
  const unmapped = new Map(
    [...data.values()].flatMap((one) => one.unmapped.map((path) => [path.reportPath, path])),
  );
  const reports = [...data].flatMap(([shard, one]) =>
    one.reports.map(({ path, format, files, remarks: odd }) => ({
      path: `${shard}: ${path}`,
      format,
      files,
      remarks: odd > 0 ? [`what was odd about it stands in the log of its job (${odd})`] : [],
    })),
  );
  return {
    commit: measuredCommit,
    measured: {
      reports: reports.map((report, index) =>
        index === 0 ? { ...report, remarks: [...remarks, ...report.remarks] } : report,
      ),
      files: new Map([...lines].map(([path, runs]) => [path, fileCoverageOfRuns(path, runs)])),
      shards: () => shards,
      unmapped: [...unmapped.values()],
      // Shards measure the same files again: each counts once, like its lines.
      reportedFiles: lines.size + unmapped.size,
    },
  };
}
