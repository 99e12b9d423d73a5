import { type MeasuredByTests, measuredByTests } from './collect/artifact/measured-by-tests.ts';
import type { WorkflowRun } from './collect/artifact/workflow-run.ts';
import { collectSettings } from './collect/collect-settings.ts';
import type { CoverageChain } from './collect/coverage-history/coverage-chain.ts';
import { measuredRecord } from './collect/coverage-history/measured-record.ts';
import type { JudgedRepository } from './collect/git/judged-repository.ts';
import type { GitHubClient } from './collect/github/create-client.ts';
import { settingsReader } from './config/settings-reader.ts';
import { isUnavailable, type Part } from './core/part.ts';
import { type KeptHistory, writeCoverageHistory } from './publish/coverage-history/write-coverage-history.ts';
import { rules } from './rules.ts';

export interface Recording {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly name: string;
  readonly instance: string;
  readonly repository: JudgedRepository;
  readonly chain: CoverageChain;
  readonly defaultBranch: string;
}

/** Collect what the tests of a commit left → store it, for pull requests to be compared with. */
export async function recordTests(tests: WorkflowRun, recording: Recording): Promise<Part<KeptHistory>> {
  const { repository, defaultBranch } = recording;
  const request = { ...recording, head: tests.head, baseBranch: defaultBranch, run: tests };
  const measured = await measuredByTests(request, repository);
  if (isUnavailable(measured)) return measured;
  return storeMeasured(measured, { ...recording, run: `${tests.id}/${tests.attempt}` });
}

/** → store what was measured. `run`: "<run id>/<attempt>" of the workflow that measured it. */
export async function storeMeasured(
  measured: MeasuredByTests,
  {
    client,
    owner,
    name,
    repository,
    chain,
    run,
  }: Omit<Recording, 'instance' | 'defaultBranch'> & {
    readonly run: string;
  },
): Promise<Part<KeptHistory>> {
  const { commit } = measured;
  const { settings } = await collectSettings(
    repository,
    { base: commit, head: commit },
    { ...settingsReader(async () => rules), client, repository: `${owner}/${name}` },
  );
  const record = await measuredRecord(repository, measured, settings.modules);
  return isUnavailable(record) ? record : writeCoverageHistory({ chain, ...record, run });
}
