import type { FindingDraft, Place } from '../../core/finding.ts';
import type { MigrationFacts, NameUse, Operation } from '../../core/migration-facts.ts';
import { notAvailable } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { type NewStatement, newStatements, notReadVerdict, statementVerdict } from '../measure/new-steps.ts';
import { aboutOperation, identityOfOperation } from '../measure/statement-finding.ts';
import { isTelling, usesOf } from '../measure/uses-of.ts';

export const droppedButStillUsed = defineRule({
  id: 'migrations/dropped-but-still-used',
  since: '0.1.0',
  level: 'warning',
  question: 'Does code still rely on what a migration takes away?',
  docs: {
    triggered:
      'A name that a new statement drops is found in the code of the head, or in that of the merge base, which is the version that runs during the rollout; or a renamed one is found at the head. Or a new column is required and has no default, or loses it in the same change, and an INSERT of the version that runs leaves it out. Spellings in snake, camel, Pascal and upper case count, and so do models and an INSERT without a list of columns.',
    why: 'Each query with that name fails from the moment the migration has run; a model that declares the column asks for it in every query, and an INSERT that does not know a required column is refused.',
    fix: 'Release the code without the name first, and drop it in a later release; give a required column a default, or make it required once all code fills it.',
    quietWhen:
      'No use is found. Tests, migrations, documents, comments and code that protobuf generates are not searched; a name of one word, or a column that other tables have too, counts only within 15 lines of a query of the table and not by the alias of another one, in its model, or as its member. An INSERT whose list of columns is put together while the program runs is not judged.',
  },
  sources: [
    {
      title: 'Martin Fowler: Parallel Change',
      url: 'https://martinfowler.com/bliki/ParallelChange.html',
      supports: 'Contract only when no user of the old form is left.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations }) {
    const notRead = notReadVerdict(migrations);
    if (notRead) return notRead;
    const takes = newStatements(migrations).some(({ operations }) =>
      operations.some((operation) => takesNameAway(operation) || requiresColumn(operation)),
    );
    const { uses } = migrations;
    if (takes && uses === undefined) return notAvailable('the code around the migrations was not searched');
    if (takes && uses !== undefined && isUnavailable(uses)) return notAvailable(uses.unavailable);
    const told = new Set<string>();
    return statementVerdict(
      migrations,
      (statement) => draftOfName(statement, migrations) ?? draftOfInsert(statement, migrations, told),
      'none takes away what code was found to use',
      { isOfCode: true },
    );
  },
});

function takesNameAway({ kind, onTableOfThisChange, onColumnOfThisChange }: Operation): boolean {
  return (
    /^(?:(?:drop|rename)-(?:table|column)|rename-view)$/.test(kind) &&
    !onTableOfThisChange &&
    !onColumnOfThisChange
  );
}

function requiresColumn({ kind, onTableOfThisChange, onColumnOfThisChange }: Operation): boolean {
  const isNew =
    kind === 'add-required-column' || (/^(?:set-not-null|drop-default)$/.test(kind) && onColumnOfThisChange);
  return isNew === true && !onTableOfThisChange;
}

function draftOfName(
  { file, operations }: NewStatement,
  migrations: MigrationFacts,
): FindingDraft | undefined {
  for (const operation of operations.filter(takesNameAway)) {
    const found = usesOf(migrations, operation);
    if (!found || (found.at === 'merge-base' && operation.kind.startsWith('rename'))) continue;
    const uses = found.at === 'head' ? found.uses.atHead : found.uses.atMergeBase;
    const { count, places } = uses;
    const isSure = isTelling(uses);
    const about = aboutOperation(file, operation);
    return {
      ...about,
      confidence: isSure ? about.confidence : 'medium',
      otherPlaces: found.at === 'head' ? places.map(asPlace) : [],
      ...wordsOf(operation, found.at, count, places, isSure),
      measurements: [{ name: 'uses found', value: count, unit: 'lines' }],
    };
  }
  return undefined;
}

/** `told`: the columns that were spoken of already; several statements may require one. */
function draftOfInsert(
  { file, operations }: NewStatement,
  { inserts = [] }: MigrationFacts,
  told: Set<string>,
): FindingDraft | undefined {
  for (const operation of operations.filter(requiresColumn)) {
    const key = [file.folder, operation.table, operation.column].join('\0');
    if (told.has(key)) continue;
    const found = inserts.find(
      ({ table, column }) => table === operation.table && column === operation.column,
    );
    const isAtHead = found !== undefined && found.atHead.count > 0;
    const uses = isAtHead ? found.atHead : found?.atMergeBase;
    const [first] = uses?.places ?? [];
    if (!uses || !first || operation.column === undefined) continue;
    told.add(key);
    const about = aboutOperation(file, operation);
    const where = `${quoteName(`${first.path}:${first.line}`)}${uses.count > 1 ? ` and ${uses.count - 1} more` : ''}`;
    return {
      ...about,
      confidence: isTelling(uses) ? about.confidence : 'medium',
      otherPlaces: isAtHead ? uses.places.map(asPlace) : [],
      observation: `${quoteName(operation.column)} of ${quoteName(operation.table)} is new, required and without a default; INSERTs ${isAtHead ? 'at the head of this change' : 'of the version that runs now'} leave it out (${where}).`,
      impact: isAtHead
        ? 'Once the migration has run, they fail, in the new version as well.'
        : 'From the migration until the last instance of that version is gone, they fail.',
      action: 'Would a default do, or NOT NULL in the next release?',
      measurements: [{ name: 'inserts found', value: uses.count, unit: 'lines' }],
    };
  }
  return undefined;
}

function wordsOf(
  operation: Operation,
  at: 'head' | 'merge-base',
  count: number,
  places: readonly NameUse[],
  isSure: boolean,
): Pick<FindingDraft, 'observation' | 'impact' | 'action'> {
  const what =
    operation.column === undefined
      ? `The ${operation.kind.endsWith('view') ? 'view' : 'table'} ${quoteName(operation.table)}`
      : `${quoteName(operation.column)} of ${quoteName(operation.table)}`;
  const verb = operation.kind.startsWith('rename') ? 'renamed' : 'dropped';
  const where = count === 1 ? '' : 'first ';
  const first = places[0] ? ` (${where}${quoteName(`${places[0].path}:${places[0].line}`)})` : '';
  const lines = `${count} ${count === 1 ? 'line' : 'lines'}`;
  if (at === 'head') {
    return {
      observation: `${what} is ${verb}, and ${lines} of code at the head of this change still ${count === 1 ? 'names' : 'name'} it${first}.`,
      impact: isSure
        ? 'Once the migration has run, queries with that name fail, in the new version as well.'
        : 'Where such a line reaches the database, it fails once the migration has run, in the new version as well.',
      action: count === 1 ? 'Does that line still run?' : 'Which of those lines still run?',
    };
  }
  return {
    observation: `${what} is ${verb} in the same change that removes the last use: the version that runs now names it in ${lines}${first}.`,
    impact:
      'From the migration until the last instance of that version is gone, its queries with that name fail.',
    action: 'Would a release without the uses first, and the drop in the next one, do?',
  };
}

function asPlace({ path, line }: NameUse): Place {
  return { path, line };
}
