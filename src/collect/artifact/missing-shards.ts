import { type ShardName, shardText } from '../../core/coverage-data.ts';
import { groupBy } from '../../core/group-by.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { GitHubClient } from '../github/create-client.ts';
import { type DataArtifact, listDataArtifacts } from './data-artifacts.ts';
import { type RepositoryAddress, type WorkflowRun, workflowRunOf } from './workflow-run.ts';

interface Job {
  readonly name: string;
  readonly conclusion: string | null;
}

export interface ShardQuestion extends RepositoryAddress {
  readonly client: GitHubClient;
  readonly run: WorkflowRun;
  readonly instance: string;
  /** What the run left. */
  readonly artifacts: readonly DataArtifact[];
  readonly baseBranch: string;
}

/** GitHub allows 256 jobs in a matrix; a run can have several. */
const mostJobPages = 5;
/** Listed by name; the others by their count. */
const mostNamed = 5;

/**
 * Which shards of a run left no data although they were to, in words; undefined when none is missed: lines that such a
 * shard alone runs would read as run by no test. The last good run of the workflow on the base tells which shards leave
 * data. Without one, empty places of a matrix and jobs that left nothing are missed only where the run ended badly: many
 * a matrix measures in one of its places.
 */
export async function missingShards(question: ShardQuestion): Promise<string | undefined> {
  const { run, artifacts } = question;
  const gaps = gapsOf(artifacts);
  if (run.conclusion === 'success') {
    if (gaps.length === 0) return undefined;
    const expected = new Set((await shardsOnBase(question, run.workflow))?.map(shardText));
    return left('shard', gaps.filter((shard) => expected.has(shardText(shard))).map(shardText));
  }
  const jobs = await badJobs(question);
  if (gaps.length === 0 && (jobs === undefined || jobs.length === 0)) return undefined;
  const expected = await shardsOnBase(question, run.workflow);
  if (expected) return left('shard', expected.filter((shard) => isMissed(shard, artifacts)).map(shardText));
  return gaps.length > 0 ? left('shard', gaps.map(shardText)) : left('job', jobs ?? []);
}

/** A matrix that has another size than on the base is another matrix. */
function isMissed(shard: ShardName, artifacts: readonly DataArtifact[]): boolean {
  const ofJob = artifacts.filter((other) => other.shard.job === shard.job);
  const isResized = ofJob.length > 0 && ofJob.every((other) => other.shard.total !== shard.total);
  return !isResized && !ofJob.some((other) => shardText(other.shard) === shardText(shard));
}

function gapsOf(artifacts: readonly DataArtifact[]): readonly ShardName[] {
  const matrices = groupBy(artifacts, ({ shard }) => `${shard.job} ${shard.total}`);
  return [...matrices.values()].flatMap((shards) => {
    const { job, total } = shards[0]?.shard ?? { job: '', total: 0 };
    const there = new Set(shards.map(({ shard }) => shard.index));
    return Array.from({ length: total }, (_, place) => place + 1)
      .filter((index) => !there.has(index))
      .map((index) => ({ job, index, total }));
  });
}

function left(kind: 'shard' | 'job', names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const shown = names.slice(0, mostNamed).map(quoteName);
  const more = names.length - shown.length;
  const list = more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
  if (kind === 'shard') return `${names.length === 1 ? 'the shard' : 'the shards'} ${list} left no data`;
  return `${names.length === 1 ? 'the job' : 'the jobs'} ${list} did not end well and left no data`;
}

/** Jobs that neither succeeded nor were passed over, and that no data names. */
async function badJobs({
  client,
  owner,
  name,
  run,
  artifacts,
}: ShardQuestion): Promise<readonly string[] | undefined> {
  const jobs: Job[] = [];
  for (let page = 1; page <= mostJobPages; page += 1) {
    const answer = await client.rest<{ readonly jobs: readonly Job[] }>(
      'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs',
      { owner, repo: name, run_id: run.id, filter: 'latest', per_page: 100, page },
    );
    if (!answer.ok) return undefined;
    jobs.push(...answer.data.jobs);
    if (answer.data.jobs.length < 100) break;
  }
  const keys = new Set(artifacts.map(({ shard }) => shard.job));
  return jobs
    .filter(({ conclusion }) => !['success', 'skipped', 'neutral'].includes(String(conclusion)))
    .map((job) => job.name)
    .filter((title) => !keys.has(keyOf(title)));
}

/** A job without a name of its own is called by its key, with the matrix behind it and the calling job before it. */
function keyOf(title: string): string {
  return (title.split(' / ').at(-1) ?? title).replace(/ \(.*\)$/s, '');
}

/**
 * The shards of a workflow's last good run on the base branch, or where it does not run there, in a merge queue of that
 * branch; undefined where there is none, or none with data.
 */
export async function shardsOnBase(
  question: Omit<ShardQuestion, 'run' | 'artifacts'>,
  workflow: number,
): Promise<readonly ShardName[] | undefined> {
  const { client, owner, name, instance, baseBranch } = question;
  const good =
    (await lastGoodRun(question, workflow, { event: 'push', branch: baseBranch })) ??
    (await lastGoodRun(question, workflow, { event: 'merge_group' }));
  if (!good) return undefined;
  const artifacts = await listDataArtifacts(client, { owner, name }, good.id, instance);
  if (isUnavailable(artifacts) || artifacts.length === 0) return undefined;
  return artifacts.map(({ shard }) => shard);
}

async function lastGoodRun(
  { client, owner, name, baseBranch }: Omit<ShardQuestion, 'run' | 'artifacts'>,
  workflow: number,
  filter: { readonly event: string; readonly branch?: string },
): Promise<WorkflowRun | undefined> {
  // Asked of the workflow alone: among those of all workflows its last run can lie pages back.
  const answer = await client.rest<{ readonly workflow_runs: readonly unknown[] }>(
    'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
    { owner, repo: name, workflow_id: workflow, ...filter, status: 'success', per_page: 100 },
  );
  if (!answer.ok) return undefined;
  return answer.data.workflow_runs
    .flatMap((value) => workflowRunOf(value) ?? [])
    .find(
      (run) =>
        run.workflow === workflow &&
        (filter.branch !== undefined || run.branch.startsWith(`gh-readonly-queue/${baseBranch}/`)),
    );
}
