import type { Change } from '../../core/change.ts';
import type { MigrationFacts, MigrationFile, Operation } from '../../core/migration-facts.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import type { Risk } from '../measure/risk.ts';
import { type ContradictedClaim, contradictedClaims } from './claims.ts';
import { isRevertSubject, tellingCommits } from './commit-texts.ts';
import { judgeRationale, type RationaleJudgement } from './judge-rationale.ts';
import { reasonDepth } from './reason-depth.ts';
import type { UnreadPlace } from './reason-text.ts';
import { reasonTexts } from './reason-texts.ts';
import { subjectOfChange } from './subject-of-change.ts';

export interface RationaleAssessment extends RationaleJudgement {
  /** How much has to be written; see `reasonDepth`. */
  readonly risk: Risk;
  readonly operations: readonly Operation[];
  readonly files: readonly MigrationFile[];
  /** Commit messages that were read. */
  readonly commits: number;
  /** The repository has decision records; they were read. */
  readonly hasRecords: boolean;
  readonly unread: readonly UnreadPlace[];
  readonly contradictions: readonly ContradictedClaim[];
}

/**
 * Reads every place in which the reason for a change's migrations may stand and judges them together. `smallChange`: up
 * to so many changed files beside the migrations, a whole text counts as being about them.
 */
export function assessRationale(
  change: Change,
  migrations: MigrationFacts,
  pullRequest: Part<PullRequest>,
  smallChange: number,
): RationaleAssessment {
  const files = forwardFiles(migrations);
  const operations = files.flatMap((file) => file.operations.filter((operation) => operation.isOld !== true));
  const { uses } = migrations;
  const known = isUnavailable(pullRequest) ? undefined : pullRequest;
  const paths = new Set(migrations.files.map(({ path }) => path));
  const unread = files.filter((file) => file.operations.length === 0 && file.notAnalysed.length > 0);
  const subject = subjectOfChange(
    operations,
    unread.map(({ path }) => path),
    files.map(({ path }) => path),
  );
  const wayBackPaths = new Set(
    migrations.files.filter(({ direction }) => direction === 'down').map(({ path }) => path),
  );
  const depth = reasonDepth(files, wayBackPaths);
  const judgement = judgeRationale({
    texts: reasonTexts(change, { ...migrations, files }, known, operations, smallChange),
    subject,
    ...depth,
    isSmall: change.files.filter(({ path }) => !paths.has(path)).length <= smallChange,
    isRevert: isRevert(change, known),
  });
  return {
    ...judgement,
    risk: depth.risk,
    operations,
    files,
    commits: tellingCommits(change.commits).length,
    hasRecords: migrations.decisionRecords.length > 0,
    unread: isUnavailable(pullRequest) ? [{ place: 'description', why: pullRequest.unavailable }] : [],
    contradictions: contradictedClaims(
      judgement.sentences,
      files,
      operations,
      uses === undefined || isUnavailable(uses) ? [] : uses,
    ),
  };
}

/** Migrations that go forward: down steps and deleted files need no reason of their own. */
export function forwardFiles(migrations: MigrationFacts): readonly MigrationFile[] {
  return migrations.files.filter(({ direction, status }) => direction === 'up' && status !== 'deleted');
}

function isRevert(change: Change, pullRequest: PullRequest | undefined): boolean {
  if (pullRequest && isRevertSubject(pullRequest.title)) return true;
  const commits = tellingCommits(change.commits);
  return commits.length > 0 && commits.every(({ subject }) => isRevertSubject(subject));
}
