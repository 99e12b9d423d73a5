/** What a commit message of the default branch tells of the change it brings in. */
export interface MergeMessage {
  /** The change's own title: in the text of a merge commit, in Gerrit's quotes, else the first line. */
  readonly title: string;
  /** The branch that was merged, without its owner; "" where none is named. */
  readonly branch: string;
  readonly pullRequest?: number;
}

const ofGitHub = /^Merge pull request #(\d{1,9})(?: from [^/\s]+\/(\S+)| )/;
const ofBors = /^(?:Auto merge of|Merge) #(\d{1,9})\b/;
const ofBranch = /^Merge (?:remote-tracking )?branch '([^']+)'/;
const ofGerrit = /^Merge "(.+)"(?: into \S+)?$/;
/** What git writes into a merge that had some. */
const conflicts = /^(?:#\s|#$|Conflicts:)/;
/** A squash, a rebase of GitHub's, and whoever writes like them; it wins over the number of a merge. */
const atTheEnd = /\(#(\d{1,9})\)\s*$/;

/** Reads what GitHub, bors, Gerrit and git itself write when they merge. A merge without a title has its branch for one. */
export function readMergeMessage(message: string): MergeMessage {
  const [first = '', ...rest] = message.split('\n');
  const gitHub = ofGitHub.exec(first);
  const bors = ofBors.exec(first);
  const branch = gitHub?.[2] ?? ofBranch.exec(first)?.[1] ?? '';
  const isMerge = branch !== '' || gitHub || bors;
  const inText = isMerge
    ? rest.find((line) => line.trim() !== '' && !conflicts.test(line))?.trim()
    : undefined;
  const number = (atTheEnd.exec(first) ?? gitHub ?? bors)?.[1];
  return {
    title:
      inText ??
      ofGerrit.exec(first)?.[1] ??
      (branch === '' ? first.trim() : branch.replaceAll(/[-_/]/g, ' ')),
    branch,
    ...(number !== undefined && { pullRequest: Number(number) }),
  };
}

/**
 * Whether a change takes an earlier one back: its title is `Revert "…"`, as git and GitHub write it, or somebody gave
 * another one to the branch of GitHub's revert button. A revert of a revert brings the change in again and is none; an
 * even number of "Revert" counts as that.
 */
export function isRevert({ title, branch }: Pick<MergeMessage, 'title' | 'branch'>): boolean {
  if (!/^(?:Revert|Reapply) "/.test(title)) return /^revert-\d+-/.test(branch);
  const times = /^(?:Revert "){1,50}/.exec(title)?.[0].split('"').length ?? 1;
  return times % 2 === 0;
}
