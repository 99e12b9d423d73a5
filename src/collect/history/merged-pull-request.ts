import type { PullRequest } from '../../core/pull-request.ts';
import type { RawAccount } from '../../review/timeline.ts';
import type { People } from '../people.ts';
import type { Nullable } from './pull-node.ts';

/** What its writer says of a merged pull request, as GitHub tells it. */
export interface DescribedPull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: Nullable<RawAccount>;
}

/** The pull request as a check would have seen it; what was not asked for is empty. */
export function mergedPullRequest(
  { number, title, body, author }: DescribedPull,
  templates: readonly string[],
  people: People,
  known: Partial<Pick<PullRequest, 'baseBranch' | 'headBranch' | 'labels'>> = {},
): PullRequest {
  return {
    number,
    title,
    body,
    state: 'merged',
    isDraft: false,
    author: people(author && { login: author.login, type: author.__typename }),
    isFromFork: false,
    isFirstContribution: false,
    baseBranch: '',
    headBranch: '',
    labels: [],
    ...known,
    templates,
  };
}
