import { checkBody, checkNotBlank } from './bodies.ts';
import type { GitHubState } from './github-state.ts';
import { type Issue, type IssueComment, isPullRequest, Refusal, type Repository } from './model.ts';
import { addTimeline, later, nextNumber } from './pulls.ts';

export interface NewIssue {
  readonly number?: number;
  readonly title: string;
  readonly body: string | null;
  readonly by: string;
  readonly labels: readonly string[];
  readonly assignees?: readonly string[];
  readonly at?: string;
}

export function openIssue(state: GitHubState, repository: Repository, wanted: NewIssue): Issue {
  if (!repository.hasIssues) throw new Refusal(410, 'Issues are disabled for this repo');
  if (wanted.title.trim() === '') {
    throw new Refusal(422, 'Validation Failed', [
      { resource: 'Issue', code: 'missing_field', field: 'title' },
    ]);
  }
  checkBody('Issue', wanted.body ?? '');
  const at = wanted.at ?? state.now();
  const issue: Issue = {
    kind: 'issue',
    id: state.nextId(),
    number: wanted.number ?? nextNumber(repository),
    title: wanted.title,
    body: wanted.body,
    author: state.user(wanted.by).login,
    state: 'open',
    stateReason: null,
    labels: [],
    assignees: [...(wanted.assignees ?? [])],
    locked: false,
    comments: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    closedBy: null,
  };
  for (const name of wanted.labels) addLabel(state, repository, issue, name);
  repository.issues.set(issue.number, issue);
  state.emit({ name: 'issues', action: 'opened', repository, sender: issue.author, number: issue.number });
  return issue;
}

/** Puts a label on an issue; a name the repository does not know becomes a new label. */
export function addLabel(state: GitHubState, repository: Repository, issue: Issue, name: string): void {
  let label = repository.labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (label === undefined) {
    label = { id: state.nextId(), name, color: 'ededed', description: null };
    repository.labels.push(label);
  }
  if (!issue.labels.includes(label.name)) issue.labels.push(label.name);
}

export function closeIssue(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  by: string,
  reason: Issue['stateReason'] = 'completed',
  at = state.now(),
): void {
  issue.state = 'closed';
  issue.stateReason = reason ?? 'completed';
  issue.closedAt = at;
  issue.closedBy = by;
  issue.updatedAt = later(issue.updatedAt, at);
  state.emit({ name: 'issues', action: 'closed', repository, sender: by, number: issue.number });
}

export function addComment(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  by: string,
  body: string,
  at = state.now(),
): IssueComment {
  checkNotBlank('IssueComment', body);
  checkBody('IssueComment', body);
  const comment: IssueComment = {
    id: state.nextId(),
    by: state.user(by).login,
    body,
    createdAt: at,
    updatedAt: at,
  };
  issue.comments.push(comment);
  issue.updatedAt = later(issue.updatedAt, at);
  state.emit({
    name: 'issue_comment',
    action: 'created',
    repository,
    sender: comment.by,
    number: issue.number,
    id: comment.id,
  });
  return comment;
}

export function editComment(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  comment: IssueComment,
  by: string,
  body: string,
): void {
  checkNotBlank('IssueComment', body);
  checkBody('IssueComment', body);
  const at = state.now();
  const extra = { changes: { body: { from: comment.body } } };
  comment.body = body;
  comment.updatedAt = at;
  comment.editedAt = at;
  comment.editedBy = by;
  state.emit({
    name: 'issue_comment',
    action: 'edited',
    repository,
    sender: by,
    number: issue.number,
    id: comment.id,
    extra,
  });
}

/** Of a deletion the conversation keeps whose comment it was, and who deleted it. */
export function deleteComment(
  state: GitHubState,
  repository: Repository,
  issue: Issue,
  comment: IssueComment,
  by: string,
): void {
  issue.comments.splice(issue.comments.indexOf(comment), 1);
  if (isPullRequest(issue)) addTimeline(state, issue, by, { type: 'comment_deleted', author: comment.by });
  state.emit({
    name: 'issue_comment',
    action: 'deleted',
    repository,
    sender: by,
    number: issue.number,
    id: comment.id,
  });
}

export function findComment(
  repository: Repository,
  id: number,
): { readonly issue: Issue; readonly comment: IssueComment } {
  for (const issue of repository.issues.values()) {
    const comment = issue.comments.find((one) => one.id === id);
    if (comment !== undefined) return { issue, comment };
  }
  throw new Refusal(404, 'Not Found');
}
