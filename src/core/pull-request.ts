import type { Person } from './people.ts';

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  /** Markdown as written; empty when there is none. Untrusted text. */
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly isDraft: boolean;
  /** The conversation is locked: a comment of ours would be refused unless the token may write to the repository. */
  readonly isLocked?: boolean;
  readonly author: Person;
  /** The head lives in another repository: the token of its runs is read-only. */
  readonly isFromFork: boolean;
  readonly isFirstContribution: boolean;
  readonly baseBranch: string;
  readonly headBranch: string;
  readonly labels: readonly string[];
  /** The repository's pull request templates, as they stand on the base; their lines are nobody's reason. */
  readonly templates: readonly string[];
}
