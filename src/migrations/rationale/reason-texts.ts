import type { Change, Commit } from '../../core/change.ts';
import type { DecisionRecord, MigrationFacts, MigrationFile, Operation } from '../../core/migration-facts.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import { lineKey } from './prose.ts';
import type { ReasonText } from './reason-text.ts';
import type { Topic } from './topics.ts';
import { wordsOf } from './words.ts';

const nothing: ReadonlySet<string> = new Set();

/** Every text in which the reason for a change's migrations may be written, in the order of their places. */
export function reasonTexts(
  change: Change,
  migrations: MigrationFacts,
  pullRequest: PullRequest | undefined,
  operations: readonly Operation[],
): readonly ReasonText[] {
  return [
    ...migrations.files.map((file) => fileComments(file, change)),
    ...commitMessages(change.commits),
    ...(pullRequest ? description(pullRequest, change.commits) : []),
    ...migrations.decisionRecords
      .filter((record) => isAbout(record, operations))
      .map((record) => decisionRecord(record, operations)),
  ];
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

/** For an edited file, what the change wrote into it: an old header explains the old statements. */
function fileComments(file: MigrationFile, change: Change): ReasonText {
  const added =
    file.status === 'modified' ? change.files.find(({ path }) => path === file.path)?.added : undefined;
  let text = '';
  let end = 0;
  for (const comment of file.comments) {
    if (added && !added.some(({ start, end }) => start <= comment.lines.end && end >= comment.lines.start))
      continue;
    text += `${comment.lines.start > end + 1 ? '\n\n' : '\n'}${withoutMarks(comment.text)}`;
    end = comment.lines.end;
  }
  for (const { kind, sql, isOld } of file.operations)
    if (kind === 'comment' && !isOld) text += `\n\n${commentedText(sql)}`;
  return { place: 'file comments', text, isAbout: 'all', notOurs: nothing };
}

/** The text of `COMMENT ON … IS 'text'`: documentation that the database itself keeps. */
function commentedText(sql: string): string {
  return /\bis\s+[eE]?'((?:[^']|'')*)/i.exec(sql)?.[1]?.replaceAll("''", "'") ?? '';
}

function withoutMarks(comment: string): string {
  return comment
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^(?:--+|\/\*+|\*\/)\s?/, '')
        .replace(/\*\/$/, '')
        .replace(/^\*(?=\s)/, ''),
    )
    .join('\n');
}

function commitMessages(commits: readonly Commit[]): readonly ReasonText[] {
  const about = {
    place: 'commit messages',
    isAbout: 'all if the change is small',
    notOurs: nothing,
  } as const;
  const telling = tellingCommits(commits);
  return telling.flatMap(({ subject, body }): readonly ReasonText[] => [
    {
      ...about,
      // The subject of the one commit sums up the migration too, however large the change.
      ...(telling.length === 1 && { isAbout: 'all' as const }),
      isSubject: true,
      topics: announcedBy(subject),
      isFeature: isFeature(subject),
      text: isRevertSubject(subject) ? '' : plainSubject(subject),
      context: `${subject}\n${body.slice(0, 2000)}`,
    },
    { ...about, topics: announcedBy(subject), text: squashed(subject, body).prose },
    { ...about, isSubject: true, isListed: true, text: squashed(subject, body).subjects },
  ]);
}

/** "fix: …", "Fix …", "perf: …" and ":bug: …" end a trouble. */
function announcedBy(subject: string): readonly Topic[] {
  return /^(?:(?:fix|perf|hotfix)(?:\([^()]{0,60}\))?!?:|:(?:bug|ambulance|zap):|fix(?:e[sd])?)\s/i.test(
    subject,
  )
    ? ['why']
    : [];
}

function isFeature(subject: string): boolean {
  return /^(?:feat(?:\([^()]{0,60}\))?!?:|:(?:sparkles|tada):)\s/i.test(subject);
}

/** Without "feat(billing)!:", ":sparkles:" and "fixup!". */
function plainSubject(subject: string): string {
  return subject
    .slice(0, 1000)
    .replace(/^(?:(?:fixup|squash|amend)! )+/, '')
    .replace(/^:[a-z_]{2,40}:\s+/, '')
    .replace(/^[a-zA-Z]{2,12}(?:\([^()]{0,60}\))?!?:\s/, '');
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

function description(pullRequest: PullRequest, commits: readonly Commit[]): readonly ReasonText[] {
  const notOurs = new Set<string>();
  for (const template of pullRequest.templates) {
    for (const line of template.split(/\r\n|\n|\r/)) if (line.trim() !== '') notOurs.add(lineKey(line));
  }
  const listed = new Set(notOurs);
  for (const { subject } of commits) listed.add(lineKey(`- ${subject}`));
  const title = isRevertSubject(pullRequest.title) ? '' : plainSubject(pullRequest.title);
  const about = { place: 'description', isAbout: 'all if the change is small' } as const;
  return [
    {
      ...about,
      isSubject: true,
      topics: announcedBy(pullRequest.title),
      isFeature: isFeature(pullRequest.title),
      text: title,
      context: `${title}\n${pullRequest.body.slice(0, 2000)}`,
      notOurs,
    },
    { ...about, text: pullRequest.body, notOurs: listed },
  ];
}

/** A record whose title names the table or column is about it from end to end. */
function decisionRecord(record: DecisionRecord, operations: readonly Operation[]): ReasonText {
  const title = new Set(namesIn(record.text.trimStart().split('\n', 1)[0] ?? ''));
  const isTitled = operations.some(({ table, column }) =>
    [table, column].some((name) => name !== undefined && name !== '' && title.has(lastPart(name))),
  );
  return {
    place: 'decision records',
    text: record.text,
    isAbout: record.isInChange || isTitled ? 'all' : 'what names it',
    notOurs: nothing,
  };
}

/** An older record counts when it names the table together with the column or name that an operation touches. */
function isAbout(record: DecisionRecord, operations: readonly Operation[]): boolean {
  if (record.isInChange) return true;
  const words = new Set(namesIn(record.text));
  return operations.some(({ table, column, name }) => {
    const detail = column ?? name;
    return (
      table !== '' && words.has(lastPart(table)) && (detail === undefined || words.has(lastPart(detail)))
    );
  });
}

function namesIn(text: string): readonly string[] {
  return wordsOf(text.toLowerCase()).flatMap((word) => [word, ...word.split('.')]);
}

function lastPart(name: string): string {
  return (name.toLowerCase().split('.').at(-1) ?? name).replaceAll('"', '');
}
