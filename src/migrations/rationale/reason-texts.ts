import type { Change, Commit } from '../../core/change.ts';
import type { DecisionRecord, MigrationFacts, MigrationFile, Operation } from '../../core/migration-facts.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import { announcedBy, commitTexts, isFeature, isRevertSubject, plainSubject } from './commit-texts.ts';
import { lineKey } from './prose.ts';
import type { ReasonText } from './reason-text.ts';
import { wordsOf } from './words.ts';

const nothing: ReadonlySet<string> = new Set();

/**
 * Every text in which the reason for a change's migrations may be written, in the order of their places. `smallChange`: a
 * commit that changes up to so many files beside migrations is about them from end to end.
 */
export function reasonTexts(
  change: Change,
  migrations: MigrationFacts,
  pullRequest: PullRequest | undefined,
  operations: readonly Operation[],
  smallChange: number,
): readonly ReasonText[] {
  return [
    ...migrations.files.flatMap((file) => fileComments(file, change)),
    ...commitTexts(change.commits, migrations.touchedBy, smallChange),
    ...(pullRequest ? description(pullRequest, change.commits) : []),
    ...migrations.decisionRecords
      .filter((record) => isAbout(record, operations))
      .map((record) => decisionRecord(record, operations)),
  ];
}

/** For an edited file, what the change wrote into it: an old header explains the old statements. */
function fileComments(file: MigrationFile, change: Change): readonly ReasonText[] {
  const added =
    file.status === 'modified' ? change.files.find(({ path }) => path === file.path)?.added : undefined;
  const comments = added
    ? file.comments.filter(({ lines }) =>
        added.some(({ start, end }) => start <= lines.end && end >= lines.start),
      )
    : file.comments;
  const last = lastLineForward(file);
  const documented = file.operations.flatMap(({ kind, sql, isOld }) =>
    kind === 'comment' && !isOld ? [`\n\n${commentedText(sql)}`] : [],
  );
  const own = textOf(comments.filter(({ lines }) => lines.start <= last)) + documented.join('');
  const ofStepBack = textOf(comments.filter(({ lines }) => lines.start > last));
  const place = { place: 'file comments', isAbout: 'all', notOurs: nothing } as const;
  return [
    { ...place, text: own },
    { ...place, text: ofStepBack, isOfStepBack: true },
  ];
}

/** In a program with both steps, the one back stands below the one forward. */
function lastLineForward({ path, wayBack, operations, notAnalysed }: MigrationFile): number {
  if (wayBack !== 'down-step' || !/\.(?:py|rb)$/.test(path)) return Number.POSITIVE_INFINITY;
  const ends = [...operations, ...notAnalysed].map(({ lines }) => lines.end);
  return ends.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...ends);
}

/** Comments on lines that follow one another are one paragraph. */
function textOf(comments: MigrationFile['comments']): string {
  let text = '';
  let end = 0;
  for (const comment of comments) {
    text += `${comment.lines.start > end + 1 ? '\n\n' : '\n'}${withoutMarks(comment.text)}`;
    end = comment.lines.end;
  }
  return text;
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
