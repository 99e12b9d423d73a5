import { resolveCommit } from '../git/commits.ts';
import type { GitHubState, StateEvent } from '../state/github-state.ts';
import { isPullRequest, Refusal, type Repository } from '../state/model.ts';
import { eventPayload } from '../webhooks/event-payload.ts';

export interface WantedEvent {
  readonly name: string;
  readonly repository: string;
  readonly action?: string;
  readonly number?: number;
  readonly id?: number;
  readonly by?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface WorkflowEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly repository: string;
  /** What GITHUB_SHA, GITHUB_REF, GITHUB_HEAD_REF and GITHUB_BASE_REF say. */
  readonly sha: string;
  readonly ref: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly actor: string;
}

/** The event a workflow run starts with, from the state as it is now. */
export function eventFor(state: GitHubState, body: Readonly<Record<string, unknown>>): WorkflowEvent {
  const wanted = body as unknown as WantedEvent;
  const repository = state.repository(wanted.repository);
  const issue = wanted.number === undefined ? undefined : repository.issues.get(wanted.number);
  const pull = isPullRequest(issue) ? issue : undefined;
  const { action, number, id, extra } = wanted;
  const isReview = wanted.name.startsWith('pull_request_review');
  const author = isReview ? pull?.reviews.find((one) => one.id === id)?.by : undefined;
  const event: StateEvent = {
    name: wanted.name,
    repository,
    sender: wanted.by ?? author ?? pull?.author ?? repository.owner,
    ...(action === undefined ? {} : { action }),
    ...(number === undefined ? {} : { number }),
    ...(id === undefined ? {} : { id }),
    extra: defaults(repository, wanted, extra),
  };
  const payload = eventPayload(state, event);
  const common = { name: wanted.name, payload, repository: repository.fullName, actor: event.sender };
  const isPullEvent = wanted.name === 'pull_request' || isReview;
  if (isPullEvent && pull !== undefined) {
    // A closed or conflicting pull request has no fresh test merge: the last one known, else the head.
    const sha = pull.mergeSha ?? pull.headSha;
    return {
      ...common,
      sha,
      ref: `refs/pull/${pull.number}/merge`,
      headRef: pull.headRef,
      baseRef: pull.baseRef,
    };
  }
  if (wanted.name === 'merge_group') {
    const group = payload.merge_group as { head_sha: string; head_ref: string };
    return { ...common, sha: group.head_sha, ref: group.head_ref, headRef: '', baseRef: '' };
  }
  const ref =
    wanted.name === 'push' && typeof payload.ref === 'string'
      ? payload.ref
      : `refs/heads/${repository.defaultBranch}`;
  const tip = resolveCommit(repository.directory, ref);
  if (tip === undefined) throw new Refusal(422, `${repository.fullName} has no ${ref}.`);
  return { ...common, sha: tip, ref, headRef: '', baseRef: '' };
}

function defaults(
  repository: Repository,
  wanted: WantedEvent,
  extra: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const branch = `refs/heads/${repository.defaultBranch}`;
  if (wanted.name === 'schedule') return { schedule: '0 7 * * 1', ...extra };
  if (wanted.name === 'workflow_dispatch')
    return { inputs: {}, ref: branch, workflow: '.github/workflows/review-vitals.yml', ...extra };
  if (wanted.name === 'push') {
    const ref = typeof extra.ref === 'string' ? extra.ref : branch;
    const after = resolveCommit(repository.directory, ref) ?? '0'.repeat(40);
    const before = resolveCommit(repository.directory, `${after}^`) ?? '0'.repeat(40);
    return { ref, before, after, ...extra };
  }
  return { ...extra };
}
