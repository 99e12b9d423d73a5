import type { LineRange } from '../../../core/change.ts';
import type { NotAnalysed } from '../../../core/migration-facts.ts';
import { type CodeNode, fieldOf, findAll, sourceOf } from '../code/code-node.ts';
import { type CodeCall, type CodeValue, textOf } from '../code/code-value.ts';
import type { RubyProgram } from '../code/ruby-values.ts';
import type { SourceStatement } from '../orm-reader.ts';
import { railsStatements } from './rails-commands.ts';
import type { RailsContext } from './rails-context.ts';
import type { TableStatements } from './table-block.ts';

/** How often a loop over known items is carried out, and how deep own methods call each other. Chosen by us. */
export const mostRounds = 200;

export const mostCalls = 8;

/** Calls that change nothing in the schema and no rows. */
export const harmless =
  /(?:^|\.)(?:say|puts|p|pp|print|require|require_relative|include|extend|reset_column_information|announce|disable_ddl_transaction!|disable_statement_timeout|attr_\w+|private|public|raise|info|debug|warn|logger|sleep|set_callback|skip_callback|enable_lock_retries!|milestone|restrict_gitlab_migration|schema_cache|clear_cache!|clear!)$/;

/** Calls whose block is run then and there, inside the same transaction. */
export const wrappers =
  /^(?:safety_assured|say_with_time|suppress_messages|up_only|with_lock_retries|with_options|without_multi_db|lock_timeout|with_statement_timeout|disable_statement_timeout|.*\.transaction|transaction|.*\.connection_pool\.with_connection|tap)$/;

export const executes =
  /^(?:(?:[\w:]+\.)*(?:connection|lease_connection)\.|)(?:execute|exec_query|exec_update|exec_delete|update|delete|query)$/;

export const guards =
  /\b(?:table|column|index|foreign_key|data_source|check_constraint|constraint|index_name|extension|enum)_?(?:exists|enabled)\?/;

/** A migration that is being carried out, with what it has sent so far. */
export interface RailsWalk {
  readonly program: RubyProgram;
  readonly methods: ReadonlyMap<string, CodeNode>;
  readonly context: RailsContext;
  readonly statements: SourceStatement[];
  readonly left: NotAnalysed[];
  rounds: number;
  calls: number;
}

export function leave(walk: RailsWalk, lines: LineRange, why: string): void {
  walk.left.push({ lines, why });
}

export function bareCall(program: RubyProgram, node: CodeNode): CodeCall {
  return {
    kind: 'call',
    name: sourceOf(program, node),
    args: [],
    options: new Map(),
    hasMore: false,
    lines: node.lines,
  };
}

/** Whether a call is one that `runCall` has an answer for besides "not known". */
export function isStatement(walk: RailsWalk, call: CodeCall): boolean {
  const name = plainName(call.name);
  return (
    executes.test(call.name) ||
    railsStatements(name, call, walk.context) !== undefined ||
    walk.methods.has(name)
  );
}

/** `connection.add_index` and `self.add_index` say the same as `add_index`. */
export function plainName(name: string): string {
  return name.replace(
    /^(?:self|connection|conn|migration|m|(?:ActiveRecord::Base|ApplicationRecord|ActiveRecord::Base)\.(?:connection|lease_connection))\./,
    '',
  );
}

export function whyUnknown({ name, block }: CodeCall): string {
  const short = name.length > 60 ? `${name.slice(0, 59)}…` : name;
  if (
    /^[A-Z]/.test(name) ||
    /\.(?:update_all|delete_all|destroy_all|find_each|find_in_batches|in_batches|update|save!?|create!?|insert_all|upsert_all|pluck|import)$/.test(
      name,
    )
  )
    return `\`${short}\`, code that reads or changes rows through classes of the application`;
  return block
    ? `the block of \`${short}\`, which Rails itself does not know`
    : `\`${short}\`, which Rails itself does not know`;
}

export function runSql(walk: RailsWalk, call: CodeCall): void {
  const [first] = call.args;
  const sql = textOf(first);
  if (sql === undefined) {
    leave(walk, call.lines, 'SQL that is put together when the migration runs');
    return;
  }
  const firstLine = first?.kind === 'text' ? first.firstLine : undefined;
  if (sql.trim() === '') return;
  walk.statements.push({ sql, lines: call.lines, ...(firstLine === undefined ? {} : { firstLine }) });
}

export function takeTable(
  walk: RailsWalk,
  call: CodeCall,
  told: TableStatements | { readonly why: string },
): void {
  if ('why' in told) {
    leave(walk, call.lines, told.why);
    return;
  }
  for (const { sql, lines } of told.statements) walk.statements.push({ sql, lines: lines ?? call.lines });
  walk.left.push(...told.left);
}

export function itemsOf(value: CodeValue | undefined): readonly CodeValue[] | undefined {
  if (value?.kind === 'list') return value.items;
  if (value?.kind !== 'map') return undefined;
  return [...value.entries].map(([key, entry]) => ({
    kind: 'list',
    items: [{ kind: 'text', text: key }, entry],
  }));
}

export function callsSchema(walk: RailsWalk, node: CodeNode): boolean {
  return findAll(node, ({ type }) => type === 'call').some((call) => {
    const name = fieldOf(call, 'method');
    const word = name ? sourceOf(walk.program, name) : '';
    return (
      /^(?:create_|add_|remove_|drop_|rename_|change_|execute$|exec_|validate_|update|delete|destroy|insert|save|upsert)/.test(
        word,
      ) || walk.methods.has(word)
    );
  });
}
