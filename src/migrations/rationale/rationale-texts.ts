import type { MigrationFile, Operation } from '../../core/migration-facts.ts';
import type { RationaleAssessment } from './assess-rationale.ts';
import type { ContradictedClaim } from './claims.ts';
import type { OpenQuestion } from './judge-rationale.ts';
import type { Question } from './reason-text.ts';

/** What is missing for which statement, and where it was looked for; what is there is named, not asked for again. */
export function observationText(assessment: RationaleAssessment): string {
  const { contradictions, reading, answered, open, namesPurpose } = assessment;
  const claim = contradictions[0];
  if (claim !== undefined) return claimText(claim);
  const what = changeText(assessment);
  if (!open.includes('why')) {
    return `The reason for ${what} is written (${answered.get('why') ?? 'file comments'}); how it is undone, or what waits meanwhile, is not.`;
  }
  const places = placesText(assessment);
  switch (reading) {
    case 'partial': {
      const told = answersText(answered);
      if (told === '' && namesPurpose)
        return `What is written about ${what} names a purpose, not why this step is needed (${places}).`;
      return told === ''
        ? `What is written about ${what} says what changes, not why (${places}).`
        : `${capital(told)} of ${what} is written down, the reason is not (${places}).`;
    }
    case 'restates':
      return assessment.operations.length === 0
        ? `What is written about ${what} gives no reason (${places}).`
        : `What is written about ${what} repeats the SQL (${places}).`;
    case 'pointer':
      return `For ${what} there is a link or a number, no reason (${places}).`;
    default:
      return `No reason is written down for ${what} (${places}).`;
  }
}

export function impactText({ risk, contradictions, operations, open }: RationaleAssessment): string {
  if (contradictions.length > 0)
    return 'Whoever deploys this would plan with the sentence, not with the statement.';
  if (risk === 'low') return 'The SQL alone will not tell the next reader what it was for.';
  const first = gravest(operations);
  if (first?.destroysData === true && !first.onTableOfThisChange)
    return 'What it removes cannot be brought back from the SQL alone.';
  const waiting = first === undefined ? undefined : waitingText(first);
  if (waiting !== undefined)
    return `${waiting} while it runs; ${open.includes('why') ? 'the SQL does not say why' : 'whoever is on call has only the SQL'}.`;
  return 'If the deploy stalls, whoever is on call has only the SQL to decide by.';
}

export function actionText(assessment: RationaleAssessment): string {
  const { contradictions, open, unread, risk } = assessment;
  const claim = contradictions[0];
  if (claim !== undefined) return contradictionStep(claim);
  // An edited migration may be checked by its hash: its words go elsewhere.
  const isNew = placeOfChange(assessment)?.file.status !== 'modified';
  const place = isNew
    ? 'at the head of this file'
    : unread.length > 0
      ? 'in the commit message'
      : 'in the description';
  return `One sentence ${place} would do: ${questionsText(open, risk === 'low')}.`;
}

/** "why (commit messages), way back (file comments)". */
export function seenText({ answered, unread }: RationaleAssessment): string {
  const seen = [...answered].map(([question, place]) => `${question} (${place})`).join(', ');
  return `written down: ${seen}${unread.length > 0 ? '; the description was not read' : ''}`;
}

/** The file that the observation speaks of, and the line of the statement that it names; absent where no file is touched. */
export function placeOfChange({
  files,
  operations,
}: RationaleAssessment): { readonly file: MigrationFile; readonly line?: number } | undefined {
  const named = gravest(operations);
  const holder = named && files.find((file) => file.operations.includes(named));
  if (holder) return { file: holder, line: named.lines.start };
  const file = touched(files)[0] ?? files[0];
  const line = file?.notAnalysed[0]?.lines.start;
  return file && { file, ...(line !== undefined && { line }) };
}

/** Files in which the change adds or edits a statement. */
function touched(files: readonly MigrationFile[]): readonly MigrationFile[] {
  return files.filter(
    (file) => file.notAnalysed.length > 0 || file.operations.some(({ isOld }) => isOld !== true),
  );
}

/** A name from the repository between backticks, on one line, without backticks of its own, cut at 60 characters. */
function quoted(name: string): string {
  const plain = name.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, '␣').replaceAll('`', '′');
  const characters = [...plain];
  return `\`${characters.length > 60 ? `…${characters.slice(-59).join('')}` : plain}\``;
}

function changeText({ operations }: RationaleAssessment): string {
  const first = gravest(operations);
  if (first === undefined) return 'statements that could not be analysed';
  const more = operations.length - 1;
  const table = first.table === '' ? '' : ` on ${quoted(first.table)}`;
  return `\`${statementName(first)}\`${table}${more > 0 ? ` and ${more} more change${more === 1 ? '' : 's'}` : ''}`;
}

/** Kinds that are not called what the statement says. */
const statementNames: Readonly<Record<string, string>> = {
  'change-type': 'ALTER COLUMN TYPE',
  'add-required-column': 'ADD COLUMN NOT NULL',
  'insert-select': 'INSERT SELECT',
  'rebuild-table': 'CREATE TABLE … RENAME TO',
  'add-enum-value': 'ADD VALUE',
  comment: 'COMMENT ON',
};

function statementName({ kind, concurrently }: Operation): string {
  const name = statementNames[kind] ?? kind.replaceAll('-', ' ').toUpperCase();
  return concurrently ? `${name} CONCURRENTLY` : name;
}

/** What a reader would ask about first: lost data, then a rewrite, then what blocks, then the first statement. */
function gravest(operations: readonly Operation[]): Operation | undefined {
  const onOld = operations.filter((operation) => !operation.onTableOfThisChange);
  return (
    onOld.find(({ destroysData }) => destroysData) ??
    onOld.find(({ rewrite }) => rewrite === true) ??
    onOld.find(({ scan }) => scan === true) ??
    onOld.find(({ kind }) => kind !== 'comment') ??
    operations[0]
  );
}

/** Who waits for longer than an instant. */
function waitingText({ rewrite, scan, blocks, table }: Operation): string | undefined {
  if (table === '' || (rewrite !== true && scan !== true)) return undefined;
  if (blocks === 'reads') return `Reads and writes of ${quoted(table)} wait`;
  return blocks === 'writes' ? `Writes to ${quoted(table)} wait` : undefined;
}

/** "looked in the file, 2 commit messages and the description". */
function placesText({ files, commits, hasRecords, unread }: RationaleAssessment): string {
  const names = [
    files.length === 1 ? 'the file' : `${files.length} files`,
    ...(commits > 0 ? [`${commits} commit message${commits === 1 ? '' : 's'}`] : []),
    ...(unread.length > 0 ? [] : ['the description']),
    ...(hasRecords ? ['the decision records'] : []),
  ];
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `looked in ${list}${unread.length > 0 ? '; the description was not read' : ''}`;
}

const answerNames: Readonly<Record<Exclude<Question, 'why'>, string>> = {
  'way back': 'the way back',
  impact: 'the impact',
  order: 'the order of deploys',
};

function answersText(answered: ReadonlyMap<Question, unknown>): string {
  const question = (['way back', 'impact', 'order'] as const).find((name) => answered.has(name));
  return question === undefined ? '' : answerNames[question];
}

function questionsText(open: readonly OpenQuestion[], isLow: boolean): string {
  if (isLow) return 'what it is for';
  if (!open.includes('undo')) return 'why it is needed';
  const undo = 'how to undo it or what waits meanwhile';
  return open.includes('why') ? `why it is needed, and ${undo}` : undo;
}

function claimText(claim: ContradictedClaim): string {
  const table = quoted(claim.table);
  switch (claim.kind) {
    case 'concurrently':
      return `The text says the index on ${table} is built concurrently; the statement has no \`CONCURRENTLY\`.`;
    case 'new-table':
      return `The text calls the table new or empty; ${table} is not created by this change.`;
    case 'reversible':
      if (claim.raises) return 'The text says this can be rolled back; the step back raises an error.';
      return `The text says this can be rolled back; data of ${table} is gone afterwards and no down step exists.`;
    case 'unused': {
      const { count = 0, places = [] } = claim.uses?.atHead ?? {};
      const name = claim.uses?.column === undefined ? table : `${quoted(claim.uses.column)} of ${table}`;
      const first = places[0] ? ` (first ${quoted(`${places[0].path}:${places[0].line}`)})` : '';
      return `The text calls ${name} unused; ${count} ${count === 1 ? 'line' : 'lines'} of code at the head of this change ${count === 1 ? 'names' : 'name'} it${first}.`;
    }
  }
}

function contradictionStep(claim: ContradictedClaim): string {
  switch (claim.kind) {
    case 'concurrently':
      return 'Which of the two is meant, the sentence or the statement?';
    case 'new-table':
      return 'Which table does the sentence mean, and how many rows does it have in production?';
    case 'reversible':
      if (claim.raises) return 'Which of the two is meant, the sentence or the step?';
      return 'Where would the data be restored from?';
    case 'unused':
      return claim.uses?.atHead.count === 1 ? 'Does that line still run?' : 'Which of those lines still run?';
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
