import type { Change } from '../core/change.ts';
import type { PullRequest } from '../core/pull-request.ts';

const documents =
  /(?:^|\/)(?:docs?|documentation)\/|\.(?:md|mdx|markdown|rst|adoc|asciidoc|txt)$|(?:^|\/)(?:LICENSE|NOTICE|AUTHORS|CODEOWNERS)$/i;

/**
 * Why nothing new is posted on a pull request besides the check run, or undefined when it may speak. Comments that are
 * already there are still kept true.
 */
export function reasonForSilence(pullRequest: PullRequest, change: Change): string | undefined {
  if (pullRequest.state !== 'open') return `the pull request is ${pullRequest.state}`;
  if (pullRequest.isLocked) return 'the conversation is locked';
  if (pullRequest.isDraft) return 'the pull request is a draft';
  if (pullRequest.author.kind === 'bot') return 'a bot opened the pull request';
  if (isRevert(pullRequest)) return 'the pull request is a revert';
  if (
    change.files.length > 0 &&
    change.files.every((file) => documents.test(file.path) && !file.path.endsWith('.sql'))
  ) {
    return 'only documents change';
  }
  if (pullRequest.isFirstContribution)
    return 'it is a first contribution, which gets the note in the check run only';
  return undefined;
}

/** GitHub's own button writes `Revert "…"` and a branch `revert-<number>-…`. */
function isRevert(pullRequest: PullRequest): boolean {
  return /^Revert "/.test(pullRequest.title) || /^revert-\d+-/.test(pullRequest.headBranch);
}
