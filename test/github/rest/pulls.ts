import { diffText } from '../git/diff.ts';
import { gitBytes } from '../git/run-git.ts';
import { type Call, loginOf, pullFor, type Route, repositoryFor, text } from '../http/route.ts';
import { commitJson, fileJson } from '../represent/commit.ts';
import { fullPullJson, pullJson } from '../represent/pull.ts';
import { checkBody } from '../state/bodies.ts';
import { editPull } from '../state/edit-pull.ts';
import { mergePull } from '../state/merge-pull.ts';
import { isPullRequest, type PullRequest, Refusal, type Repository } from '../state/model.ts';
import { pullCommits, pullFiles, pullMergeBase } from '../state/pull-diff.ts';
import { closePull, openPull, reopenPull } from '../state/pulls.ts';

const pulls = '/repos/{owner}/{repo}/pulls';
const one = `${pulls}/{pull_number}`;

export const pullRoutes: readonly Route[] = [
  {
    operation: `GET ${pulls}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'read');
      return {
        status: 200,
        list: listed(call, repository).map((pull) => pullJson(call.state, repository, pull)),
      };
    },
  },
  {
    operation: `POST ${pulls}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'write');
      const { state } = call;
      const head = text(call, 'head') ?? '';
      const [owner, branch] = head.includes(':') ? head.split(':', 2) : [repository.owner, head];
      const source = [...state.repositories.values()].find(
        (other) => other.owner === owner && (other === repository || other.forkOf === repository.fullName),
      );
      if (source === undefined || branch === undefined) {
        throw new Refusal(422, 'Validation Failed', [
          { resource: 'PullRequest', field: 'head', code: 'invalid' },
        ]);
      }
      checkBody('PullRequest', text(call, 'body') ?? '');
      const pull = openPull(state, repository, {
        title: text(call, 'title') ?? '',
        body: text(call, 'body') ?? null,
        author: loginOf(call),
        headRepository: source,
        headRef: branch,
        baseRef: text(call, 'base') ?? repository.defaultBranch,
        draft: call.body.draft === true,
      });
      return { status: 201, body: fullPullJson(state, repository, pull) };
    },
  },
  {
    operation: `GET ${one}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'read');
      const pull = pullFor(call, repository);
      if (/application\/vnd\.github(\.v3)?\.diff/.test(call.accept)) {
        const body = diffText(repository.directory, pullMergeBase(repository, pull), pull.headSha);
        return {
          status: 200,
          body,
          headers: { 'content-type': 'application/vnd.github.v3.diff; charset=utf-8' },
        };
      }
      if (/application\/vnd\.github(\.v3)?\.patch/.test(call.accept)) {
        const range = `${pullMergeBase(repository, pull)}..${pull.headSha}`;
        const body = gitBytes(repository.directory, ['format-patch', '--stdout', '--end-of-options', range]);
        return {
          status: 200,
          body,
          headers: { 'content-type': 'application/vnd.github.v3.patch; charset=utf-8' },
        };
      }
      return { status: 200, body: fullPullJson(call.state, repository, pull) };
    },
  },
  {
    operation: `PATCH ${one}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'write');
      const pull = pullFor(call, repository);
      const { title, body, base, state } = call.body;
      const by = loginOf(call);
      if (typeof body === 'string') checkBody('PullRequest', body);
      editPull(call.state, repository, pull, by, {
        ...(typeof title === 'string' ? { title } : {}),
        ...(typeof body === 'string' ? { body } : {}),
        ...(typeof base === 'string' ? { base } : {}),
      });
      if (state === 'closed' && pull.state === 'open') closePull(call.state, repository, pull, by);
      if (state === 'open' && pull.state === 'closed') reopenPull(call.state, repository, pull, by);
      return { status: 200, body: fullPullJson(call.state, repository, pull) };
    },
  },
  {
    operation: `GET ${one}/commits`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'read');
      // GitHub lists at most 250 commits of a pull request.
      const commits = pullCommits(repository, pullFor(call, repository)).slice(0, 250);
      return { status: 200, list: commits.map((commit) => commitJson(call.state, repository, commit)) };
    },
  },
  {
    operation: `GET ${one}/files`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'read');
      const pull = pullFor(call, repository);
      const files = pullFiles(repository, pull).slice(0, call.state.limits.pullRequestFiles);
      return { status: 200, list: files.map((file) => fileJson(call.state, repository, file, pull.headSha)) };
    },
  },
  {
    operation: `PUT ${one}/merge`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'write');
      const pull = pullFor(call, repository);
      if (typeof call.body.sha === 'string' && call.body.sha !== pull.headSha) {
        throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
      }
      const method = text(call, 'merge_method') === 'squash' ? 'squash' : 'merge';
      const sha = mergePull(call.state, repository, pull, loginOf(call), method);
      return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } };
    },
  },
];

function listed(call: Call, repository: Repository): readonly PullRequest[] {
  const { query } = call;
  const wanted = query.get('state') ?? 'open';
  const head = query.get('head');
  const base = query.get('base');
  const ascending =
    (query.get('direction') ??
      (query.get('sort') === null || query.get('sort') === 'created' ? 'desc' : 'asc')) === 'asc';
  const key = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const found = [...repository.issues.values()]
    .filter(isPullRequest)
    .filter((pull) => wanted === 'all' || pull.state === wanted)
    .filter((pull) => head === null || `${pull.headRepository?.split('/')[0] ?? ''}:${pull.headRef}` === head)
    .filter((pull) => base === null || pull.baseRef === base)
    .sort((a, b) => (a[key] === b[key] ? a.number - b.number : a[key] < b[key] ? -1 : 1));
  return ascending ? found : found.reverse();
}
