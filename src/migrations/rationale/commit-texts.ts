import type { Commit } from '../../core/change.ts';
import type { MigrationFacts } from '../../core/migration-facts.ts';
import type { ReasonText } from './reason-text.ts';
import type { Topic } from './topics.ts';

const nothing: ReadonlySet<string> = new Set();

/** Messages of the branch. `smallChange`: see `reasonTexts`. */
export function commitTexts(
  commits: readonly Commit[],
  touchedBy: MigrationFacts['touchedBy'],
  smallChange: number,
): readonly ReasonText[] {
  const telling = tellingCommits(commits);
  const touching = new Map(touchedBy?.map(({ commit, otherFiles }) => [commit, otherFiles]));
  const [first, second] = touchedBy ? telling.filter(({ id }) => touching.has(id)) : telling;
  const scopeOf = (id: string): ReasonText['isAbout'] => {
    if (!touchedBy) return 'all if the change is small';
    const otherFiles = touching.get(id);
    if (otherFiles === undefined) return 'what names it';
    return otherFiles <= smallChange ? 'all' : 'all if the change is small';
  };
  return telling.flatMap(({ id, subject, body }): readonly ReasonText[] => {
    const about = { place: 'commit messages', isAbout: scopeOf(id), notOurs: nothing } as const;
    const { prose, subjects } = squashed(subject, body);
    return [
      {
        ...about,
        // The subject of the one commit that touches them sums up the migrations too, however large it is.
        ...(!second && first?.id === id && { isAbout: 'all' as const }),
        isSubject: true,
        topics: announcedBy(subject),
        isFeature: isFeature(subject),
        text: isRevertSubject(subject) ? '' : plainSubject(subject),
        context: `${subject}\n${body.slice(0, 2000)}`,
      },
      { ...about, topics: announcedBy(subject), text: prose },
      // A commit among those that were squashed need not have touched the migrations.
      { ...about, isAbout: 'what names it', isSubject: true, isListed: true, text: subjects },
    ];
  });
}

/** `Revert "…"`, as git and GitHub write it. */
export function isRevertSubject(subject: string): boolean {
  return /^revert[\s:"“]/i.test(subject.trim());
}

/** Commits that say something of the change's outcome: no merges, no machines, nothing undone again by a later one. */
export function tellingCommits(commits: readonly Commit[]): readonly Commit[] {
  const own = commits.filter((commit) => commit.parents.length < 2 && commit.author.kind !== 'bot');
  const subjects = new Set(own.map((commit) => commit.subject));
  const undone = new Set<string>();
  for (const { subject } of own) {
    const reverted = /^Revert "(.{1,500})"$/.exec(subject)?.[1];
    if (reverted !== undefined && subjects.has(reverted)) undone.add(reverted).add(subject);
  }
  return own.filter((commit) => !undone.has(commit.subject));
}

/** "fix: …", "Fix …", "perf: …", ":bug: …" and "🐛 …" end a trouble. */
export function announcedBy(subject: string): readonly Topic[] {
  return /^(?:(?:fix|perf|hotfix)(?:\([^()]{0,60}\))?!?:|:(?:bug|ambulance|zap):|fix(?:e[sd])?|(?:🐛|🚑|⚡)\ufe0f?)\s/iu.test(
    withType(subject),
  )
    ? ['why']
    : [];
}

export function isFeature(subject: string): boolean {
  return /^(?:feat(?:\([^()]{0,60}\))?!?:|:(?:sparkles|tada):|(?:✨|🎉)\ufe0f?)\s/iu.test(withType(subject));
}

/** Without "feat(billing)!:", ":sparkles:", "✨" and "fixup!". */
export function plainSubject(subject: string): string {
  return withType(subject.slice(0, 1000))
    .replace(/^(?:(?:fixup|squash|amend)! )+/, '')
    .replace(/^(?::[a-z_]{2,40}:|\p{Extended_Pictographic}\ufe0f?)\s+/u, '')
    .replace(/^[a-zA-Z]{2,12}(?:\([^()]{0,60}\))?!?:\s/, '');
}

/**
 * Without tags ("[web]", "[ABC-12]:"). GitHub titles a pull request from the branch `feature/public-portfolio` "Feature/public
 * portfolio": as "feat: …".
 */
function withType(subject: string): string {
  return subject
    .replace(/^(?:\[[^[\]]{0,40}\]\s{0,3}:?\s{0,3}){1,5}(?=\S)/, '')
    .replace(/^(feat|fix|perf|hotfix|chore|refactor)(?:ure)?\/(?=\w)/i, '$1: ');
}

/** GitHub's squash message lists the subjects of the branch as "* subject", between blank lines. */
function squashed(subject: string, body: string): { readonly prose: string; readonly subjects: string } {
  const lines = body.split('\n');
  const isListed = (line: string): boolean => line.startsWith('* ');
  if (!/\(#\d{1,9}\)$/.test(subject.trimEnd()) || lines.filter(isListed).length < 2)
    return { prose: body, subjects: '' };
  return {
    prose: lines.filter((line) => !isListed(line)).join('\n'),
    subjects: lines
      .filter(isListed)
      .map((line) => `* ${plainSubject(line.slice(2))}`)
      .join('\n'),
  };
}
