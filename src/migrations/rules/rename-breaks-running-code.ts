import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFacts, NameUses, Operation } from '../../core/migration-facts.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { type NewStatement, statementVerdict } from '../measure/new-steps.ts';
import { renamedBeforeDrop, standsAgain } from '../measure/renames.ts';
import { aboutOperation, identityOfOperation } from '../measure/statement-finding.ts';
import { isTelling, usesOf } from '../measure/uses-of.ts';
import { isNamedObject } from '../sql/renamed-object.ts';

export const renameBreaksRunningCode = defineRule({
  id: 'migrations/rename-breaks-running-code',
  since: '0.1.0',
  level: 'warning',
  question: 'Does a name that running code asks for disappear in one step?',
  docs: {
    triggered:
      'A new RENAME TO, RENAME COLUMN or SET SCHEMA on a table, view or column that this pull request does not create; a schema or a value of an enum that is renamed; a renamed type or function whose name stands in a query or a model.',
    why: 'A rename takes effect at once. Until the last instance of the old version is gone, its queries name something that does not exist.',
    fix: 'A column: add the new one, write both, switch the readers, drop the old one in a later release. A table: leave a view with the old name behind until the next release.',
    quietWhen:
      'The table, view or column is created in the same pull request, the same file gives the old name to something else (a view, a column of another type, or the table swapped in), or drops what it renamed: migrations/destructive-change speaks of that. Where the old name is still used at the head, migrations/dropped-but-still-used speaks.',
  },
  sources: [
    {
      title: 'PostgreSQL: ALTER TABLE, RENAME',
      url: 'https://www.postgresql.org/docs/current/sql-altertable.html',
      supports:
        'RENAME changes the name at once; there is no effect on the stored data, and no second name stays.',
    },
    {
      title: 'Martin Fowler: Parallel Change',
      url: 'https://martinfowler.com/bliki/ParallelChange.html',
      supports: 'Expand, migrate, contract: how an incompatible change is spread over releases.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations }) {
    const dropped = new Set(renamedBeforeDrop(migrations).values());
    return statementVerdict(
      migrations,
      (statement) => draftOf(statement, migrations, dropped),
      'none takes a name away from running code',
      { isOfCode: true },
    );
  },
});

/** `dropped`: renames of what the change drops afterwards, of which destructive-change speaks. */
function draftOf(
  { file, operations }: NewStatement,
  migrations: MigrationFacts,
  dropped: ReadonlySet<Operation>,
): FindingDraft | undefined {
  const operation = operations.find(
    (one) =>
      dangerOf(one) === 'rename-breaks-running-code' &&
      !dropped.has(one) &&
      !standsAgain(one, file.operations) &&
      isMissed(one, migrations),
  );
  if (!operation) return undefined;
  return {
    ...aboutOperation(file, operation),
    impact: `Until the last instance of the running version is gone, its queries ask for ${quoteName(oldName(operation))} and fail.`,
    ...wordsOf(operation, usesOf(migrations, operation)?.uses),
  };
}

/** Types and functions are often known to the database alone: a use of them has to be found. */
function isMissed(operation: Operation, migrations: MigrationFacts): boolean {
  const found = usesOf(migrations, operation);
  if (!isNamedObject(operation.kind)) return found?.at !== 'head';
  return found !== undefined && (isTelling(found.uses.atMergeBase) || isTelling(found.uses.atHead));
}

function oldName({ kind, table, column, name }: Operation): string {
  return kind === 'rename-schema' || isNamedObject(kind) ? (name ?? '') : (column ?? table);
}

function wordsOf(
  operation: Operation,
  uses: NameUses | undefined,
): Pick<FindingDraft, 'observation' | 'action'> & Partial<Pick<FindingDraft, 'impact'>> {
  const { kind, table, name = '' } = operation;
  const [old, to] = [quoteName(oldName(operation)), quoteName(name)];
  switch (kind) {
    case 'rename-column':
      return {
        observation: `\`RENAME COLUMN\` turns ${old} of ${quoteName(table)} into ${to} at once.`,
        action: 'Would a new column, written beside the old one until the next release, do?',
      };
    case 'rename-table':
    case 'rename-view':
      return {
        observation: `\`RENAME TO\` turns the ${kind === 'rename-view' ? 'view' : 'table'} ${old} into ${to} at once.`,
        action: `Would a view named ${old}, left behind until the next release, do?`,
      };
    case 'rename-schema':
      return {
        observation: `\`ALTER SCHEMA\` takes the name of the schema ${old} away at once, and with it that of all it holds.`,
        action: 'Does every version that runs find its tables by the new name already?',
      };
    case 'rename-enum-value':
      return {
        observation: `\`RENAME VALUE\` takes the value ${old} of the enum ${to} away at once.`,
        impact: `Until the last instance of the running version is gone, what it writes or asks for as ${old} fails, and it reads a value that it does not know.`,
        action: 'Would a new value, with the rows moved to it in a later release, do?',
      };
    case 'rename-type':
    case 'rename-function': {
      const what = kind.slice('rename-'.length);
      const [first] = [...(uses?.atMergeBase.places ?? []), ...(uses?.atHead.places ?? [])].filter(
        (place) => place.kind !== 'mention',
      );
      const where = first ? `; ${quoteName(`${first.path}:${first.line}`)} names it` : '';
      return {
        observation: `\`RENAME TO\` takes the name of the ${what} ${old} away at once${where}.`,
        action: `Would a ${what === 'type' ? 'domain' : 'function'} named ${old}, left behind until the next release, do?`,
      };
    }
    default:
      return {
        observation: `\`SET SCHEMA\` moves ${old} to ${to} at once.`,
        action: `Is ${to} on the search path of every version that runs?`,
      };
  }
}
