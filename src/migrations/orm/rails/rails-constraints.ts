import { type CodeCall, isFalse, textOf, textsOf } from '../code/code-value.ts';
import { onTable, type RailsContext, type Told, unknownName } from './rails-context.ts';

export function addCheck(call: CodeCall, { text }: RailsContext): Told {
  const expression = textOf(call.args[1]);
  if (expression === undefined) return { why: 'a check that is only known when the migration runs' };
  return onTable(textOf(call.args[0]), (table) => {
    const name = textOf(call.options.get('name')) ?? `chk_rails_${table}`;
    const exists = isFalse(call.options.get('validate')) && text.isPostgres ? ' NOT VALID' : '';
    return [
      `ALTER TABLE ${text.name(table)} ADD CONSTRAINT ${text.name(name)} CHECK (${expression})${exists}`,
    ];
  });
}

export function removeCheck(call: CodeCall, { text }: RailsContext): Told {
  return onTable(textOf(call.args[0]), (table) => [
    `ALTER TABLE ${text.name(table)} DROP CONSTRAINT ${text.name(textOf(call.options.get('name')) ?? `chk_rails_${table}`)}`,
  ]);
}

export function removeNamed(call: CodeCall, { text }: RailsContext): Told {
  const columns = textsOf(call.args[1]);
  return onTable(textOf(call.args[0]), (table) => [
    `ALTER TABLE ${text.name(table)} DROP CONSTRAINT ${text.name(textOf(call.options.get('name')) ?? `uniq_rails_${[table, ...(columns ?? [])].join('_')}`)}`,
  ]);
}

export function validateNamed(call: CodeCall, { text }: RailsContext): Told {
  return onTable(textOf(call.args[0]), (table) => [
    `ALTER TABLE ${text.name(table)} VALIDATE CONSTRAINT ${text.name(textOf(call.options.get('name')) ?? textOf(call.args[1]) ?? `chk_rails_${table}`)}`,
  ]);
}

export function addUnique(call: CodeCall, { text }: RailsContext): Told {
  return onTable(textOf(call.args[0]), (table) => {
    const columns = textsOf(call.args[1]);
    const index = textOf(call.options.get('using_index'));
    const name = textOf(call.options.get('name')) ?? `uniq_rails_${[table, ...(columns ?? [])].join('_')}`;
    if (!columns && index === undefined) return unknownName;
    const what =
      index === undefined
        ? `UNIQUE (${text.names(columns ?? [])})`
        : `UNIQUE USING INDEX ${text.name(index)}`;
    const late = textOf(call.options.get('deferrable'));
    return [
      `ALTER TABLE ${text.name(table)} ADD CONSTRAINT ${text.name(name)} ${what}${late === undefined ? '' : ` DEFERRABLE INITIALLY ${late.toUpperCase()}`}`,
    ];
  });
}

export function addExclusion(call: CodeCall, { text }: RailsContext): Told {
  const expression = textOf(call.args[1]);
  if (expression === undefined) return { why: 'an exclusion that is only known when the migration runs' };
  return onTable(textOf(call.args[0]), (table) => {
    const using = textOf(call.options.get('using'));
    const where = textOf(call.options.get('where'));
    const name = textOf(call.options.get('name')) ?? `excl_rails_${table}`;
    return [
      `ALTER TABLE ${text.name(table)} ADD CONSTRAINT ${text.name(name)} EXCLUDE${using === undefined ? '' : ` USING ${using}`} (${expression})${where === undefined ? '' : ` WHERE (${where})`}`,
    ];
  });
}
