import type { Operation } from '../../core/migration-facts.ts';
import type { RationaleAssessment } from './assess-rationale.ts';
import type { ContradictedClaim } from './claims.ts';
import type { OpenQuestion } from './judge-rationale.ts';
import type { Question } from './reason-text.ts';

/** What the change does and what was found written about it, with the places that were read. */
export function observationText(assessment: RationaleAssessment): string {
  const { contradictions, reading } = assessment;
  const change = `${capital(changeText(assessment))}.`;
  const claim = contradictions[0];
  if (claim !== undefined) return `${change} ${claimText(claim)}`;
  const places = placesText(assessment);
  switch (reading) {
    case 'partial':
      return `${change} Written: ${answersText(assessment)}; not found in ${places}: ${openText(assessment.open)}.`;
    case 'restates':
      return `${change} The words in ${places} repeat the statement; a reason was not found.`;
    case 'filler':
      return `${change} What is written in ${places} names no reason yet.`;
    case 'pointer':
      return `${change} Only a pointer elsewhere was found in ${places}, so the reason lives outside the repository.`;
    default:
      return `${change} No reason was found in ${places}.`;
  }
}

export function impactText({ risk, contradictions, operations }: RationaleAssessment): string {
  if (contradictions.length > 0)
    return 'Whoever deploys this would plan with the sentence, not with the statement.';
  if (risk === 'low') return 'The SQL alone will not tell the next reader what this was for.';
  if (operations.some(({ destroysData, onTableOfThisChange }) => destroysData && !onTableOfThisChange)) {
    return 'What it removes cannot be brought back from the SQL alone.';
  }
  return 'If the deploy stalls, whoever is on call has only the SQL to decide by.';
}

export function actionText({ contradictions, open, unread }: RationaleAssessment): string {
  const claim = contradictions[0];
  if (claim !== undefined) return contradictionStep(claim);
  const trailer = open.includes('why') ? '`Schema-Why:`' : '`Schema-Rollback:`';
  const places = `the file’s first comment, a ${trailer} trailer${unread.length > 0 ? '' : ', the description'} or a decision record`;
  return `One sentence on ${questionsText(open)} would do, in ${places}.`;
}

/** "why (commit messages), way back (file comments)". */
export function seenText({ answered, unread }: RationaleAssessment): string {
  const seen = [...answered].map(([question, place]) => `${question} (${place})`).join(', ');
  return `written down: ${seen}${unread.length > 0 ? '; the description was not read' : ''}`;
}

/** A name from the repository between backticks, on one line, without backticks of its own, cut at 60 characters. */
function quoted(name: string): string {
  const plain = name.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, '␣').replaceAll('`', '′');
  const characters = [...plain];
  return `\`${characters.length > 60 ? `…${characters.slice(-59).join('')}` : plain}\``;
}

function changeText({ files, operations }: RationaleAssessment): string {
  const first = gravest(operations);
  const path = files.find((file) => first === undefined || file.operations.includes(first))?.path ?? '';
  const others = operations.length - 1;
  const what = first
    ? `${first.kind.replaceAll('-', ' ')}${first.table === '' ? '' : ` on ${quoted(first.table)}`}${others > 0 ? ` and ${others} more` : ''}`
    : 'statements that could not be analysed';
  const where = files.length === 1 ? quoted(path) : `${quoted(path)} and ${files.length - 1} more`;
  return `${where}: ${what}`;
}

/** What a reader would ask about first: lost data, then a rewrite, then what blocks, then the first statement. */
function gravest(operations: readonly Operation[]): Operation | undefined {
  const onOld = operations.filter((operation) => !operation.onTableOfThisChange);
  return (
    onOld.find(({ destroysData }) => destroysData) ??
    onOld.find(({ rewrite }) => rewrite === true) ??
    onOld.find(({ scan }) => scan === true) ??
    onOld[0] ??
    operations[0]
  );
}

function placesText({ read, unread }: RationaleAssessment): string {
  const names = `${read.slice(0, -1).join(', ')} or ${read.at(-1)}`;
  return unread.length > 0 ? `${names} (the description was not read)` : names;
}

const answerNames: Readonly<Record<Question, string>> = {
  why: 'why',
  impact: 'the impact',
  'way back': 'the way back',
  order: 'the order of deploys',
};

function answersText({ answered }: RationaleAssessment): string {
  const told = [...answered].map(([question, place]) => `${answerNames[question]} (${place})`);
  return told.length === 0 ? 'what it is for' : told.join(' and ');
}

function openText(open: readonly OpenQuestion[]): string {
  return open.map((question) => (question === 'why' ? 'why' : 'a way back or the impact')).join(', and ');
}

function questionsText(open: readonly OpenQuestion[]): string {
  if (!open.includes('undo')) return 'why this is needed';
  const undo = 'how to undo it or what waits meanwhile';
  return open.includes('why') ? `why this is needed, and ${undo}` : undo;
}

function claimText(claim: ContradictedClaim): string {
  const table = quoted(claim.table);
  switch (claim.kind) {
    case 'concurrently':
      return `The text says the index is built concurrently; the statement on ${table} has no \`CONCURRENTLY\`.`;
    case 'new-table':
      return `The text calls the table new or empty; ${table} is not created by this change.`;
    case 'reversible':
      return `The text says this can be rolled back; data of ${table} is gone afterwards and no down step exists.`;
  }
}

function contradictionStep(claim: ContradictedClaim): string {
  switch (claim.kind) {
    case 'concurrently':
      return 'Which of the two is meant, the sentence or the statement?';
    case 'new-table':
      return 'Which table does the sentence mean, and how many rows does it have in production?';
    case 'reversible':
      return 'Where would the data be restored from?';
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
