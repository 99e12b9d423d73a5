import { readRef } from '../git/refs.ts';
import type { GitHubState } from './github-state.ts';
import { type PullRequest, Refusal, type Repository } from './model.ts';
import { addTimeline, later, updatePullRefs } from './pulls.ts';
import { carryThreads } from './threads.ts';

/** Changes of title, body, base or draft state, each told as GitHub tells it. */
export function editPull(
  state: GitHubState,
  repository: Repository,
  pull: PullRequest,
  actor: string,
  edit: {
    readonly title?: string;
    readonly body?: string | null;
    readonly base?: string;
    readonly draft?: boolean;
  },
  at = state.now(),
): void {
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined && edit.title !== pull.title) {
    changes.title = { from: pull.title };
    addTimeline(state, pull, actor, { type: 'renamed', from: pull.title, to: edit.title }, at);
    pull.title = edit.title;
  }
  if (edit.body !== undefined && edit.body !== pull.body) {
    changes.body = { from: pull.body };
    pull.body = edit.body;
  }
  if (edit.base !== undefined && edit.base !== pull.baseRef) {
    const base = readRef(repository.directory, `refs/heads/${edit.base}`);
    if (base === undefined)
      throw new Refusal(422, 'Validation Failed', [
        { resource: 'PullRequest', field: 'base', code: 'invalid' },
      ]);
    changes.base = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
    addTimeline(state, pull, actor, { type: 'base_changed', from: pull.baseRef, to: edit.base }, at);
    const oldBase = pull.baseSha;
    pull.baseRef = edit.base;
    pull.baseSha = base;
    carryThreads(repository, pull, pull.headSha, oldBase);
    updatePullRefs(repository, pull);
  }
  if (edit.draft !== undefined && edit.draft !== pull.draft) {
    pull.draft = edit.draft;
    addTimeline(state, pull, actor, { type: edit.draft ? 'convert_to_draft' : 'ready_for_review' }, at);
    const action = edit.draft ? 'converted_to_draft' : 'ready_for_review';
    state.emit({ name: 'pull_request', action, repository, sender: actor, number: pull.number });
  }
  pull.updatedAt = later(pull.updatedAt, at);
  if (Object.keys(changes).length > 0) {
    state.emit({
      name: 'pull_request',
      action: 'edited',
      repository,
      sender: actor,
      number: pull.number,
      extra: { changes },
    });
  }
}
