import { type Call, issueFor, loginOf, param, type Route, repositoryFor, text } from '../http/route.ts';
import { mayWriteLocked } from '../http/viewer.ts';
import { issueCommentJson, issueJson } from '../represent/issue.ts';
import { labelJson, labelsJson } from '../represent/repository.ts';
import { checkBody, checkUnlocked } from '../state/bodies.ts';
import { editPull } from '../state/edit-pull.ts';
import {
  addComment,
  addLabel,
  closeIssue,
  deleteComment,
  editComment,
  findComment,
  openIssue,
} from '../state/issues.ts';
import { type Issue, isPullRequest, Refusal, type Repository } from '../state/model.ts';
import { closePull, later, reopenPull } from '../state/pulls.ts';

const issues = '/repos/{owner}/{repo}/issues';
const one = `${issues}/{issue_number}`;
const comment = `${issues}/comments/{comment_id}`;

export const issueRoutes: readonly Route[] = [
  {
    operation: `GET ${issues}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'issues', 'read');
      return {
        status: 200,
        list: listed(call, repository).map((issue) => issueJson(call.state, repository, issue)),
      };
    },
  },
  {
    operation: `POST ${issues}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'issues', 'write');
      const issue = openIssue(call.state, repository, {
        title: String(call.body.title ?? ''),
        body: text(call, 'body') ?? null,
        by: loginOf(call),
        labels: labelNames(call),
        assignees: Array.isArray(call.body.assignees) ? call.body.assignees.map(String) : [],
      });
      return { status: 201, body: issueJson(call.state, repository, issue) };
    },
  },
  {
    operation: `GET ${one}`,
    handle: (call) => {
      const repository = repositoryFor(call, ['issues', 'pull_requests'], 'read');
      return { status: 200, body: issueJson(call.state, repository, issueFor(call, repository)) };
    },
  },
  {
    operation: `PATCH ${one}`,
    handle: (call) => {
      const { repository, issue } = writable(call);
      update(call, repository, issue);
      return { status: 200, body: issueJson(call.state, repository, issue) };
    },
  },
  {
    operation: `GET ${one}/comments`,
    handle: (call) => {
      const repository = repositoryFor(call, ['issues', 'pull_requests'], 'read');
      const issue = issueFor(call, repository);
      const since = call.query.get('since');
      const seen = issue.comments.filter((one) => since === null || one.updatedAt >= since);
      return { status: 200, list: seen.map((one) => issueCommentJson(call.state, repository, issue, one)) };
    },
  },
  {
    operation: `POST ${one}/comments`,
    handle: (call) => {
      const { repository, issue } = writable(call);
      checkUnlocked(issue, mayWriteLocked(call.viewer, repository));
      const added = addComment(call.state, repository, issue, loginOf(call), text(call, 'body') ?? '');
      return { status: 201, body: issueCommentJson(call.state, repository, issue, added) };
    },
  },
  {
    operation: `GET ${comment}`,
    handle: (call) => {
      const repository = repositoryFor(call, ['issues', 'pull_requests'], 'read');
      const found = findComment(repository, Number(param(call, 'comment_id')));
      return { status: 200, body: issueCommentJson(call.state, repository, found.issue, found.comment) };
    },
  },
  {
    operation: `PATCH ${comment}`,
    handle: (call) => {
      const repository = repositoryFor(call, ['issues', 'pull_requests'], 'write');
      const found = findComment(repository, Number(param(call, 'comment_id')));
      editComment(
        call.state,
        repository,
        found.issue,
        found.comment,
        loginOf(call),
        text(call, 'body') ?? '',
      );
      return { status: 200, body: issueCommentJson(call.state, repository, found.issue, found.comment) };
    },
  },
  {
    operation: `DELETE ${comment}`,
    handle: (call) => {
      const repository = repositoryFor(call, ['issues', 'pull_requests'], 'write');
      const found = findComment(repository, Number(param(call, 'comment_id')));
      deleteComment(call.state, repository, found.issue, found.comment, loginOf(call));
      return { status: 204 };
    },
  },
  {
    operation: `GET ${one}/labels`,
    handle: (call) => {
      const repository = repositoryFor(call, ['issues', 'pull_requests'], 'read');
      return { status: 200, list: labelsJson(call.state, repository, issueFor(call, repository).labels) };
    },
  },
  {
    operation: `POST ${one}/labels`,
    handle: (call) => {
      const { repository, issue } = writable(call);
      for (const name of labelNames(call)) addLabel(call.state, repository, issue, name);
      return { status: 200, body: labelsJson(call.state, repository, issue.labels) };
    },
  },
  {
    operation: `DELETE ${one}/labels/{name}`,
    handle: (call) => {
      const { repository, issue } = writable(call);
      if (!issue.labels.includes(param(call, 'name'))) throw new Refusal(404, 'Label does not exist');
      issue.labels = issue.labels.filter((name) => name !== param(call, 'name'));
      return { status: 200, body: labelsJson(call.state, repository, issue.labels) };
    },
  },
  {
    operation: `PUT ${one}/lock`,
    handle: (call) => {
      writable(call).issue.locked = true;
      return { status: 204 };
    },
  },
  {
    operation: `DELETE ${one}/lock`,
    handle: (call) => {
      writable(call).issue.locked = false;
      return { status: 204 };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/labels',
    handle: (call) => {
      const repository = repositoryFor(call, 'issues', 'read');
      return {
        status: 200,
        list: repository.labels.map((label) => labelJson(call.state, repository, label)),
      };
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/labels',
    handle: (call) => {
      const repository = repositoryFor(call, 'issues', 'write');
      const name = text(call, 'name') ?? '';
      if (repository.labels.some((label) => label.name.toLowerCase() === name.toLowerCase())) {
        throw new Refusal(422, 'Validation Failed', [
          { resource: 'Label', code: 'already_exists', field: 'name' },
        ]);
      }
      const label = {
        id: call.state.nextId(),
        name,
        color: text(call, 'color') ?? 'ededed',
        description: text(call, 'description') ?? null,
      };
      repository.labels.push(label);
      return { status: 201, body: labelJson(call.state, repository, label) };
    },
  },
];

/** What is done to a pull request as an issue may be done with either permission. */
function writable(call: Call): { repository: Repository; issue: Issue } {
  const repository = call.state.repository(`${param(call, 'owner')}/${param(call, 'repo')}`);
  const issue = repository.issues.get(Number(param(call, 'issue_number')));
  repositoryFor(call, isPullRequest(issue) ? ['issues', 'pull_requests'] : 'issues', 'write');
  if (issue === undefined) throw new Refusal(404, 'Not Found');
  return { repository, issue };
}

function labelNames(call: Call): readonly string[] {
  const { labels } = call.body;
  if (!Array.isArray(labels)) return [];
  return labels.map((label: unknown) =>
    typeof label === 'string' ? label : String((label as { name?: unknown }).name),
  );
}

function update(call: Call, repository: Repository, issue: Issue): void {
  const { title, body, state, labels, assignees } = call.body;
  const by = loginOf(call);
  if (typeof body === 'string') checkBody('Issue', body);
  if (isPullRequest(issue)) {
    editPull(call.state, repository, issue, by, {
      ...(typeof title === 'string' ? { title } : {}),
      ...(typeof body === 'string' ? { body } : {}),
    });
    if (state === 'closed' && issue.state === 'open') closePull(call.state, repository, issue, by);
    if (state === 'open' && issue.state === 'closed') reopenPull(call.state, repository, issue, by);
  } else {
    if (typeof title === 'string') issue.title = title;
    if (typeof body === 'string') issue.body = body;
    const reason = call.body.state_reason;
    if (state === 'closed' && issue.state === 'open') {
      closeIssue(
        call.state,
        repository,
        issue,
        by,
        reason === 'not_planned' || reason === 'duplicate' ? reason : 'completed',
      );
    }
    if (state === 'open' && issue.state === 'closed') {
      issue.state = 'open';
      issue.stateReason = 'reopened';
      issue.closedAt = null;
      issue.closedBy = null;
    }
    issue.updatedAt = later(issue.updatedAt, call.state.now());
  }
  if (Array.isArray(labels)) {
    issue.labels = [];
    for (const name of labelNames(call)) addLabel(call.state, repository, issue, name);
  }
  if (Array.isArray(assignees)) issue.assignees = assignees.map(String);
}

function listed(call: Call, repository: Repository): readonly Issue[] {
  const { query } = call;
  const wanted = query.get('state') ?? 'open';
  const labels = query.get('labels')?.split(',') ?? [];
  const creator = query.get('creator');
  const since = query.get('since');
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const found = [...repository.issues.values()]
    .filter((issue) => wanted === 'all' || issue.state === wanted)
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .filter((issue) => creator === null || issue.author === creator)
    .filter((issue) => since === null || issue.updatedAt >= since)
    .sort((a, b) => (a[key] === b[key] ? a.number - b.number : a[key] < b[key] ? -1 : 1));
  return query.get('direction') === 'asc' ? found : found.reverse();
}
