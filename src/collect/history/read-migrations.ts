import type { Facts, Repository } from '../../core/facts.ts';
import { groupBy } from '../../core/group-by.ts';
import type { BranchHistory, MigrationEntry, MigrationLedger } from '../../core/health-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import { collectMigrations } from '../collect-migrations.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';

/** What there is to judge of one change of the branch. */
export type JudgedMigration = Pick<Facts, 'now' | 'repository' | 'pullRequest' | 'change' | 'migrations'>;

/** Judges the written reason of one change with migrations, by the rule that judges pull requests. */
export type JudgeReason = (migration: JudgedMigration) => MigrationEntry['reason'];

export interface MigrationsRequest {
  readonly now: string;
  readonly repository: Repository;
  readonly judgeReason: JudgeReason;
  /** By number; a number that is missing could not be read. */
  readonly descriptions: Part<ReadonlyMap<number, PullRequest>>;
}

/** So many changes, the newest, are judged: each is read and compared like a pull request. */
const mostJudged = 60;

const objectId = /\b[0-9a-f]{7,64}\b/g;

/** Every commit of the branch that adds migrations, with the judgement of its reason. */
export async function readMigrations(
  history: BranchHistory,
  git: JudgedRepository,
  request: MigrationsRequest,
): Promise<MigrationLedger> {
  const commits = history.commits.filter(({ migrations }) => migrations.length > 0);
  const judged = new Set(commits.slice(-mostJudged));
  const entries: MigrationEntry[] = [];
  const failures: string[] = [];
  for (const commit of commits) {
    const { id, committedAt, pullRequest, migrations } = commit;
    const reason = judged.has(commit)
      ? await judgeCommit(id, pullRequest, git, request)
      : unavailable(`only the newest ${mostJudged} changes with migrations are judged`);
    const failure = isUnavailable(reason)
      ? reason.unavailable
      : reason === 'not-judged'
        ? 'the rule could not judge it'
        : undefined;
    if (failure !== undefined) failures.push(failure);
    entries.push({
      commit: id,
      committedAt,
      ...(pullRequest !== undefined && { pullRequest }),
      paths: migrations,
      reason: isUnavailable(reason) ? 'not-judged' : reason,
    });
  }
  return { entries, limits: limitsOf(entries.length, failures, request) };
}

async function judgeCommit(
  id: string,
  number: number | undefined,
  git: JudgedRepository,
  { now, repository, judgeReason, descriptions }: MigrationsRequest,
): Promise<Part<MigrationEntry['reason']>> {
  const parents = await git.parentsOf(id);
  if (isUnavailable(parents)) return parents;
  const [base] = parents;
  if (base === undefined) return unavailable('the first commit has nothing to be compared with');
  const change = await git.readChange({ base, head: id, baseName: 'parent' });
  if (isUnavailable(change)) return change;
  const { migrations } = await collectMigrations(git, change, 'files');
  if (isUnavailable(migrations)) return migrations;
  if (migrations.files.length === 0) return unavailable('its migrations are in a language that is not read');
  const pullRequest: Part<PullRequest> = isUnavailable(descriptions)
    ? descriptions
    : ((number === undefined ? undefined : descriptions.get(number)) ??
      unavailable('the commit names no pull request that could be read'));
  return judgeReason({ now, repository, pullRequest, change, migrations });
}

function limitsOf(
  count: number,
  failures: readonly string[],
  { descriptions }: MigrationsRequest,
): readonly string[] {
  if (count === 0) return [];
  // Reasons that differ in the object they name alone are one: a clone without files would give a line for every change.
  const alike = groupBy(failures, (reason) => reason.replaceAll(objectId, ''));
  return [
    ...[...alike.values()].map((reasons) => {
      const [first = ''] = reasons;
      const areEqual = reasons.every((reason) => reason === first);
      return `the reason of ${reasons.length} of ${count} changes with migrations${areEqual ? `: ${first}` : ` (for one of them: ${first.replace(/\.$/, '')})`}`;
    }),
    ...(isUnavailable(descriptions) && failures.length < count
      ? [
          `reasons written in pull request descriptions: ${descriptions.unavailable}; files, commit messages and decision records were read`,
        ]
      : []),
  ];
}
