import type { WorkflowEvent } from '../../test/github/admin/event-for.ts';

interface PullRequest {
  readonly number?: unknown;
  readonly merge_commit_sha?: unknown;
  readonly head?: { readonly sha?: unknown; readonly ref?: unknown };
  readonly base?: { readonly sha?: unknown; readonly ref?: unknown };
}

interface Payload {
  readonly repository?: { readonly full_name?: unknown; readonly default_branch?: unknown };
  readonly sender?: { readonly login?: unknown };
  readonly pull_request?: PullRequest;
  readonly merge_group?: { readonly head_sha?: unknown; readonly head_ref?: unknown };
  readonly ref?: unknown;
  readonly after?: unknown;
}

/**
 * What a workflow run knows of its event, from a payload as GitHub sends it: the commit and ref that the run is started
 * for, as GitHub's table of events has them. `tipOf` is asked for the tip of a branch when the payload names no commit.
 * Throws when the payload names no repository.
 */
export async function eventOfPayload(
  name: string,
  payload: Readonly<Record<string, unknown>>,
  tipOf: (repository: string, ref: string) => Promise<string>,
): Promise<WorkflowEvent> {
  const { repository, sender, pull_request: pull, merge_group: group, ref, after } = payload as Payload;
  const fullName = text(repository?.full_name);
  if (!fullName) {
    throw new Error('the payload names no repository (repository.full_name): is it the body of a webhook?');
  }
  const common = { name, payload, repository: fullName, actor: text(sender?.login) ?? 'octocat' };
  const branch = `refs/heads/${text(repository?.default_branch) ?? 'main'}`;
  if (pull && name !== 'pull_request_target') {
    const sha = text(pull.merge_commit_sha) ?? text(pull.head?.sha);
    if (!sha) throw new Error('the payload names no commit of its pull request (pull_request.head.sha)');
    return {
      ...common,
      sha,
      ref: `refs/pull/${pull.number}/merge`,
      headRef: text(pull.head?.ref) ?? '',
      baseRef: text(pull.base?.ref) ?? '',
    };
  }
  const noPull = { headRef: '', baseRef: '' };
  const groupSha = text(group?.head_sha);
  if (groupSha) return { ...common, ...noPull, sha: groupSha, ref: text(group?.head_ref) ?? branch };
  const pushed = text(after);
  if (name === 'push' && pushed) return { ...common, ...noPull, sha: pushed, ref: text(ref) ?? branch };
  return { ...common, ...noPull, sha: await tipOf(fullName, branch), ref: branch };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
