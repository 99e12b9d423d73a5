import { commitOf, resolveCommit } from '../git/commits.ts';
import { checkRunJson, simpleCommitJson } from '../represent/check-run.ts';
import { issueCommentJson, issueJson } from '../represent/issue.ts';
import { fullPullJson, pullJson } from '../represent/pull.ts';
import { repositoryJson } from '../represent/repository.ts';
import { reviewCommentJson, reviewJson } from '../represent/review.ts';
import { repositoryHtml } from '../represent/urls.ts';
import { userJson } from '../represent/user.ts';
import { runJson } from '../represent/workflow-run.ts';
import type { GitHubState, StateEvent } from '../state/github-state.ts';
import { type Issue, isPullRequest, type PullRequest, Refusal } from '../state/model.ts';

type Json = Record<string, unknown>;

/** The payload that GitHub sends, or gives a workflow as its event file, for what happened. */
export function eventPayload(state: GitHubState, event: StateEvent): Json {
  const { repository, sender, action } = event;
  return {
    ...(action === undefined ? {} : { action }),
    ...details(state, event),
    repository: repositoryJson(state, repository),
    ...(state.user(repository.owner).type === 'Organization'
      ? { organization: organizationJson(state, repository.owner) }
      : {}),
    sender: userJson(state, sender),
  };
}

function organizationJson(state: GitHubState, login: string): Json {
  const { id, node_id, url, repos_url, events_url, avatar_url } = userJson(state, login);
  return { login, id, node_id, url, repos_url, events_url, avatar_url, description: null };
}

function details(state: GitHubState, event: StateEvent): Json {
  const { repository, extra = {} } = event;
  switch (event.name) {
    case 'pull_request':
      return { number: event.number, pull_request: fullPullJson(state, repository, pullOf(event)), ...extra };
    case 'pull_request_review': {
      const pull = pullOf(event);
      const review = pull.reviews.find((one) => one.id === event.id) ?? pull.reviews.at(-1);
      if (review === undefined) throw new Refusal(422, `Pull request ${pull.number} has no review.`);
      const json = reviewJson(state, repository, pull, review);
      return {
        review: { ...json, state: review.state.toLowerCase() },
        pull_request: pullJson(state, repository, pull),
        ...extra,
      };
    }
    case 'pull_request_review_comment': {
      const pull = pullOf(event);
      const thread = pull.threads.find((one) => one.comments.some((comment) => comment.id === event.id));
      const comment = thread?.comments.find((one) => one.id === event.id);
      const json =
        thread === undefined || comment === undefined
          ? { id: event.id }
          : reviewCommentJson(state, repository, pull, thread, comment);
      return { comment: json, pull_request: pullJson(state, repository, pull), ...extra };
    }
    case 'issue_comment': {
      const issue = issueOf(event);
      const comment = issue.comments.find((one) => one.id === event.id) ?? issue.comments.at(-1);
      if (comment === undefined)
        return { issue: issueJson(state, repository, issue), comment: { id: event.id }, ...extra };
      return {
        issue: issueJson(state, repository, issue),
        comment: issueCommentJson(state, repository, issue, comment),
        ...extra,
      };
    }
    case 'issues':
      return { issue: issueJson(state, repository, issueOf(event)), ...extra };
    case 'check_run': {
      const run = repository.checkRuns.find((one) => one.id === event.id);
      if (run === undefined) throw new Refusal(422, `No check run ${event.id}.`);
      return { check_run: checkRunJson(state, repository, run), ...extra };
    }
    case 'workflow_run': {
      const run = repository.runs.find((one) => one.id === event.id) ?? repository.runs.at(-1);
      if (run === undefined) throw new Refusal(422, 'There is no workflow run; add one first.');
      const workflow = { id: run.workflowId, name: run.name, path: run.path, state: 'active' };
      return { workflow_run: runJson(state, repository, run), workflow, ...extra };
    }
    case 'merge_group':
      return { merge_group: mergeGroup(event), ...extra };
    case 'push':
      return { ...pushDetails(state, event), ...extra };
    default:
      return extra;
  }
}

function issueOf(event: StateEvent): Issue {
  const issue = event.repository.issues.get(event.number ?? 0);
  if (issue === undefined)
    throw new Refusal(422, `${event.repository.fullName} has no issue ${event.number}.`);
  return issue;
}

function pullOf(event: StateEvent): PullRequest {
  const issue = issueOf(event);
  if (!isPullRequest(issue))
    throw new Refusal(422, `#${event.number} of ${event.repository.fullName} is no pull request.`);
  return issue;
}

/** A merge queue's group of one: the test merge on top of the base branch. */
function mergeGroup(event: StateEvent): Json {
  const pull = pullOf(event);
  const { directory } = event.repository;
  const head = pull.mergeSha ?? pull.headSha;
  const base = resolveCommit(directory, `refs/heads/${pull.baseRef}`) ?? pull.baseSha;
  return {
    head_sha: head,
    head_ref: `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${base}`,
    base_sha: base,
    base_ref: `refs/heads/${pull.baseRef}`,
    head_commit: simpleCommitJson(event.repository, head),
  };
}

function pushDetails(state: GitHubState, event: StateEvent): Json {
  const { repository, extra = {} } = event;
  const zero = '0'.repeat(40);
  const after = String(extra.after ?? zero);
  const before = String(extra.before ?? zero);
  const known = after !== zero && resolveCommit(repository.directory, after) !== undefined;
  const head = known ? commitOf(repository.directory, after) : undefined;
  return {
    created: before === zero,
    deleted: after === zero,
    forced: false,
    base_ref: null,
    compare: repositoryHtml(state, repository, `/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`),
    commits: head === undefined ? [] : [simpleCommitJson(repository, head.sha)],
    head_commit: head === undefined ? null : simpleCommitJson(repository, head.sha),
    pusher: { name: event.sender, email: state.user(event.sender).email },
  };
}
