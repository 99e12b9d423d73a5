import type { Change, CommitId } from './change.ts';
import type { CoverageFacts } from './coverage-facts.ts';
import type { MigrationFacts } from './migration-facts.ts';
import type { Part } from './part.ts';
import type { PullRequest } from './pull-request.ts';
import type { Reply } from './replies.ts';
import type { RuleResult } from './report.ts';
import type { ReviewFacts } from './review-facts.ts';
import type { SettingsInForce } from './settings.ts';
import type { TestFacts } from './test-facts.ts';

/**
 * Everything a run looked at, as plain JSON: saved with `--save-facts`, replayed with `--facts`. Each part is present or
 * says why it is missing. Clock and randomness are carried here too, so a replay gives the same bytes.
 */
export interface Facts {
  readonly schemaVersion: 1;
  /** ISO 8601, UTC: the only clock rules know. */
  readonly now: string;
  readonly seed: number;
  readonly repository: Repository;
  /** What the run was asked to judge, known even where nothing could be read. */
  readonly asked: Asked;
  /** What the team has configured, read from the base of the change; it decides how the other facts are judged. */
  readonly settings: SettingsInForce;
  readonly pullRequest: Part<PullRequest>;
  readonly change: Part<Change>;
  readonly coverage: Part<CoverageFacts>;
  readonly review: Part<ReviewFacts>;
  readonly migrations: Part<MigrationFacts>;
  /** What the change does to tests; absent where nobody looked. */
  readonly tests?: Part<TestFacts>;
  /** What earlier runs found on this very head and merge base; empty when there was none. */
  readonly earlierResults: Part<readonly RuleResult[]>;
  /** Commands in the pull request's comments, in the order they were found. */
  readonly replies: Part<readonly Reply[]>;
  /** Oddities met while collecting that no part is missing for; every output lists them. */
  readonly remarks: readonly string[];
}

export interface Repository {
  /** "owner/name" on GitHub, the folder's name elsewhere. */
  readonly name: string;
  /** Where links to files lead; absent for a local repository without a GitHub remote. */
  readonly url?: string;
}

/** The parts a rule can need. */
export type FactPart = 'pullRequest' | 'change' | 'coverage' | 'review' | 'migrations';

export interface Asked {
  readonly pullRequest?: number;
  readonly head?: CommitId;
}
