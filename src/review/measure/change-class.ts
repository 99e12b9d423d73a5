import type { PullRequest } from '../../core/pull-request.ts';

export type ChangeClass = 'ordinary' | 'by a bot' | 'revert' | 'backport' | 'release' | 'mechanical';

const titles: readonly (readonly [pattern: RegExp, kind: ChangeClass])[] = [
  [/^(?:revert "|revert(?:\([^)]{1,60}\))?!?:)/i, 'revert'],
  [
    /^\[?(?:backport|cherry[- ]pick)\b|^\[v?\d+(?:\.(?:\d+|x))+\]|\((?:backport|cherry[- ]pick)[ )]/i,
    'backport',
  ],
  [
    /^(?:chore(?:\([^)]{1,60}\))?!?: )?(?:release\b|prepare (?:for )?release\b|version packages\b)/i,
    'release',
  ],
  [/^v?\d+\.\d+\.\d+(?:[-+][\w.]+)?$/, 'release'],
  [
    /^(?:scripted-diff:|codemod\b|style(?:\([^)]{1,60}\))?!?: |(?:re)?format (?:all|code|the)\b)/i,
    'mechanical',
  ],
];

const branches: readonly (readonly [pattern: RegExp, kind: ChangeClass])[] = [
  [/^revert-\d+-/, 'revert'],
  [/^(?:backport[-/]|mergify\/bp\/|cherry-pick[-/])/, 'backport'],
  [/^(?:release[-/]v?\d|changeset-release\/|release-please--)/, 'release'],
];

const labels: Readonly<Record<string, ChangeClass>> = {
  backport: 'backport',
  'cherry-pick': 'backport',
  release: 'release',
  'autorelease: pending': 'release',
  codemod: 'mechanical',
  mechanical: 'mechanical',
};

/**
 * What sort of change a pull request is, by who opened it and by what its title, branch and labels say, the first that
 * fits in the order above. It is the writer's own word: rules that compare with what is usual leave such changes out,
 * rules about a missing human review do not.
 * Domain: any pull request. Source: GitHub's revert button, Mergify, Changesets and release-please write these; "scripted-diff:" is Bitcoin Core's.
 */
export function changeClass(pullRequest: PullRequest): ChangeClass {
  if (pullRequest.author.kind === 'bot') return 'by a bot';
  const title = pullRequest.title.trim();
  return (
    titles.find(([pattern]) => pattern.test(title))?.[1] ??
    branches.find(([pattern]) => pattern.test(pullRequest.headBranch))?.[1] ??
    pullRequest.labels.map((label) => labels[label.toLowerCase()]).find((kind) => kind !== undefined) ??
    'ordinary'
  );
}

const reasons: Readonly<Record<Exclude<ChangeClass, 'ordinary'>, string>> = {
  'by a bot': 'a bot opened the pull request',
  revert: 'the pull request is a revert',
  backport: 'the pull request is a backport',
  release: 'the pull request is a release',
  mechanical: 'the pull request is a mechanical change',
};

/** Why a pull request is not compared with what is usual, or undefined when it is. */
export function whyNotOrdinary(pullRequest: PullRequest): string | undefined {
  if (pullRequest.state === 'closed') return 'the pull request was closed without a merge';
  if (pullRequest.isDraft) return 'the pull request is a draft';
  const kind = changeClass(pullRequest);
  return kind === 'ordinary' ? undefined : reasons[kind];
}
