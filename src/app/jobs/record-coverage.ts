import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowRun } from '../../collect/artifact/workflow-run.ts';
import { openCoverageChain } from '../../collect/coverage-history/coverage-chain.ts';
import { openRepository } from '../../collect/git/open-repository.ts';
import type { GitHubClient } from '../../collect/github/create-client.ts';
import { createPeople } from '../../collect/people.ts';
import { isUnavailable } from '../../core/part.ts';
import { remoteOf } from '../clones/remote-of.ts';
import { workflowSpeaks } from '../github/action-speaks.ts';
import type { RepositoryAccess } from '../github/app-access.ts';
import type { FoundRepository } from '../github/repository.ts';
import type { CoverageRunJob } from '../queue/jobs.ts';
import type { Attempt } from '../queue/open-queue.ts';
import { storedChains } from '../storage/stored-chains.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome, skipped } from './job-outcome.ts';

const instance = 'default';
/** Another writer, or an installation that is just being looked at, passes; after these tries it is taken to stay. */
const triesForUnstored = 3;

/** A finished run of the default branch, and what it takes to read what its tests left. */
export interface TestedBranch extends FoundRepository {
  readonly run: WorkflowRun;
  readonly client: GitHubClient;
  readonly access: Pick<RepositoryAccess, 'token' | 'mayPush'>;
}

/**
 * Stores what the tests of the default branch have measured, or those of a commit that a merge queue made for it, for pull
 * requests to be compared with: in the repository where the App may push, else in its database. Throws what may pass.
 */
export async function recordCoverage(
  job: CoverageRunJob,
  { run, owner, name, defaultBranch, client, access }: TestedBranch,
  { access: { place }, clones, scratchFolder, storage }: JobContext,
  { retries }: Pick<Attempt, 'retries'>,
): Promise<JobOutcome> {
  const speaker = await workflowSpeaks({ client, owner, name, base: run.head });
  if (speaker !== undefined) return skipped(`${speaker}, which stores the coverage`);
  const folder = await mkdtemp(join(scratchFolder, 'record-'));
  const remote = remoteOf(place, { owner, name }, access.token, clones.of(job));
  const closed: { close(): Promise<void> }[] = [];
  try {
    const people = createPeople('nobody is looked up');
    const repository = await openRepository({ remote, scratchFolder: folder, people });
    if (isUnavailable(repository)) throw new Error(`${owner}/${name}: ${repository.unavailable}`);
    closed.push(repository);
    const chain = access.mayPush
      ? await openCoverageChain({ remote, scratchFolder: folder })
      : storedChains(storage, job).coverage;
    if (isUnavailable(chain)) throw new Error(`${owner}/${name}: ${chain.unavailable}`);
    closed.push(chain);
    // Like the other pipelines, loaded by the first job.
    const { recordTests } = await import('../../coverage-pipeline.ts');
    const recording = { client, owner, name, instance, repository, chain, defaultBranch };
    const kept = await recordTests(run, recording);
    if (isUnavailable(kept)) return skipped(kept.unavailable);
    if (kept.done !== undefined) return done(kept.done);
    const { problem = 'nothing was stored' } = kept;
    if (retries < triesForUnstored) throw new Error(problem);
    return skipped(problem);
  } finally {
    for (const opened of closed) await opened.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
