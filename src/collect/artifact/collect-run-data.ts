import type { CommitId } from '../../core/change.ts';
import { type CoverageData, largestCoverageData, shardText } from '../../core/coverage-data.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { GitHubClient } from '../github/create-client.ts';
import { type DataArtifact, listDataArtifacts } from './data-artifacts.ts';
import { downloadArtifact } from './download-artifact.ts';
import { missingShards, shardsOnBase } from './missing-shards.ts';
import { readCoverageData } from './read-coverage-data.ts';
import { readZip } from './read-zip.ts';
import { type RepositoryAddress, type RunsOfHead, readRunsOfHead, type WorkflowRun } from './workflow-run.ts';
import { dataFile } from './write-coverage-data.ts';

export interface RunDataRequest extends RepositoryAddress {
  readonly client: GitHubClient;
  readonly instance: string;
  /** The head that is judged. */
  readonly head: CommitId;
  readonly baseBranch: string;
  /** The run whose end started this; without it, whatever has run on the head. */
  readonly run?: WorkflowRun;
}

/** What the test jobs of a head left, checked for its form; whether it belongs to the head is for git to tell. */
export interface RunData {
  readonly measuredCommit: CommitId;
  /** By the shard's name, in that order. */
  readonly shards: ReadonlyMap<string, CoverageData>;
  readonly remarks: readonly string[];
}

/** Bytes of one archive; line status packs to a tenth. */
const largestArchive = 8 * 1024 * 1024;
const mostShards = 200;
/** Packed and unpacked, all shards of a head together. */
const mostBytes = 256 * 1024 * 1024;
const seconds = 60;

const howToLeaveSome = 'a step of Review Vitals with `mode: collect` at the end of each test job leaves some';

/**
 * Reads what the jobs that ran the tests left as artifacts. It comes from the pull request's own code: sizes are capped,
 * the form is checked, and one part that is refused withholds all of it, since lines count only together.
 */
export async function collectRunData(request: RunDataRequest): Promise<Part<RunData>> {
  const { client, instance, run } = request;
  const runs = await runsToRead(request);
  if (isUnavailable(runs)) return runs;
  const found: FoundRun[] = [];
  for (const one of runs.finished) {
    const artifacts = await listDataArtifacts(client, request, one.id, instance);
    if (isUnavailable(artifacts)) return artifacts;
    if (artifacts.length > 0) found.push({ run: one, artifacts });
  }
  const artifacts = found.flatMap((one) => one.artifacts);
  if (artifacts.length === 0)
    return unavailable(
      run
        ? `the run of ${quoteName(run.name)} left no coverage data; ${howToLeaveSome}`
        : `no finished run on this head has left coverage data yet; ${howToLeaveSome}`,
    );
  if (artifacts.length > mostShards)
    return unavailable(
      `the runs left coverage data in ${artifacts.length} artifacts, more than the ${mostShards} that are read`,
    );
  const missing = await whatIsMissing(request, found, runs.running);
  if (missing !== undefined) return unavailable(withheld(missing, artifacts));
  const data = await readAll(request, found);
  return isUnavailable(data) ? data : { ...data, remarks: runs.remarks };
}

interface FoundRun {
  readonly run: WorkflowRun;
  readonly artifacts: readonly DataArtifact[];
}

async function whatIsMissing(
  request: RunDataRequest,
  found: readonly FoundRun[],
  running: readonly WorkflowRun[],
): Promise<string | undefined> {
  for (const one of found) {
    const missing = await missingShards({ ...request, ...one });
    if (missing !== undefined) return missing;
  }
  for (const { workflow, name } of running) {
    if (await shardsOnBase(request, workflow))
      return `the run of ${quoteName(name)}, which leaves data on ${quoteName(request.baseBranch)}, is not done yet`;
  }
  return undefined;
}

function withheld(missing: string, artifacts: readonly DataArtifact[]): string {
  const shown = artifacts.slice(0, 5).map(({ shard }) => quoteName(shardText(shard)));
  const more = artifacts.length - shown.length;
  return `${missing}, so the verdict on coverage is withheld; there is data of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Tests of one head may run in several workflows: what all of them left counts together. */
async function runsToRead(
  request: RunDataRequest,
): Promise<Part<RunsOfHead & { readonly remarks: readonly string[] }>> {
  const { client, run, head } = request;
  const runs = await readRunsOfHead(client, request, head);
  if (isUnavailable(runs)) {
    if (!run) return runs;
    const remarks = [`data of other workflows was not looked for: ${runs.unavailable}`];
    return { finished: [run], running: [], remarks };
  }
  // The same tests often run for the push and for the pull request: on two commits, which do not count together.
  const event = run?.event ?? (runs.finished.some(isOfPullRequest) ? 'pull_request' : 'push');
  const isWanted = (one: WorkflowRun) => one.event === event && one.workflow !== run?.workflow;
  return {
    finished: [...(run ? [run] : []), ...runs.finished.filter(isWanted)],
    running: runs.running.filter(isWanted),
    remarks: [],
  };
}

function isOfPullRequest({ event }: WorkflowRun): boolean {
  return event === 'pull_request';
}

async function readAll(
  request: RunDataRequest,
  found: readonly FoundRun[],
): Promise<Part<Omit<RunData, 'remarks'>>> {
  const shards = new Map<string, CoverageData>();
  let room = mostBytes;
  for (const { run, artifacts } of found) {
    for (const artifact of artifacts) {
      const read = await readOne(request, artifact, Math.min(room, largestCoverageData));
      if ('refused' in read)
        return unavailable(`the coverage data in ${quoteName(artifact.title)} was refused: ${read.refused}`);
      room = Math.max(0, room - read.bytes);
      const { shard, ordinal } = artifact;
      const name = `${shardText(shard)}${ordinal > 1 ? `.${ordinal}` : ''}`;
      // Two workflows may both have a job of this name.
      shards.set(shards.has(name) ? `${run.name}/${name}` : name, read.data);
    }
  }
  const commits = [...new Set([...shards.values()].map(({ measuredCommit }) => measuredCommit))];
  const [measuredCommit] = commits;
  if (measuredCommit === undefined || commits.length > 1)
    return unavailable(
      `the test jobs measured ${commits.length} different commits (${commits.map((id) => id.slice(0, 7)).join(', ')}), and lines of different commits do not count together: let all of them check out the same one`,
    );
  return { measuredCommit, shards };
}

async function readOne(
  { client, owner, name }: RunDataRequest,
  artifact: DataArtifact,
  maxBytes: number,
): Promise<{ readonly data: CoverageData; readonly bytes: number } | { readonly refused: string }> {
  if (artifact.bytes > largestArchive)
    return { refused: `it is larger than ${largestArchive / 1024 / 1024} MB` };
  const archive = await downloadArtifact(client, { owner, name }, artifact.id, {
    maxBytes: largestArchive,
    seconds,
  });
  if ('refused' in archive) return archive;
  const content = readZip(archive, { name: dataFile, maxBytes });
  if ('refused' in content) return content;
  const data = readCoverageData(content);
  if ('refused' in data) return data;
  if (data.repository.toLowerCase() !== `${owner}/${name}`.toLowerCase())
    return { refused: 'it was measured for another repository' };
  if (shardText(data.shard) !== shardText(artifact.shard))
    return { refused: 'it names another job than its artifact' };
  return { data, bytes: content.length + archive.length };
}
