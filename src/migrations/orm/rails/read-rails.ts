import type { MigrationFile } from '../../../core/migration-facts.ts';
import { type CodeNode, fieldOf, findAll, namedIn, sourceOf } from '../code/code-node.ts';
import { type CodeValue, type Scope, withoutGrowth } from '../code/code-value.ts';
import { bodyOf, type RubyProgram, rubyProgram, rubyValue } from '../code/ruby-values.ts';
import { syntaxFaults } from '../code/syntax-faults.ts';
import type { OrmInput, OrmRead } from '../orm-reader.ts';
import { sqlText } from '../sql-text.ts';
import type { RailsWalk } from './rails-calls.ts';
import type { RailsVersion } from './rails-types.ts';
import { runBody } from './rails-walk.ts';
import { isReversible } from './reversible.ts';

/**
 * A Rails migration: `change` or `up`, its blocks, its own methods called there and loops over items that stand in the
 * file. What it sends is written as the adapter writes it. Source: Rails guides, "Active Record Migrations".
 */
export function readRails(input: OrmInput): OrmRead {
  const program = rubyProgram(input.source, input.tree);
  const migration = migrationClass(program);
  const comments = findAll(input.tree, ({ type }) => type === 'comment').map((node) => ({
    lines: node.lines,
    text: commentText(sourceOf(program, node)),
  }));
  const faults = syntaxFaults(input.tree);
  if (!migration) {
    const why = 'no class in it is a migration of Rails';
    return {
      statements: [],
      comments,
      notAnalysed: [...faults, { lines: input.tree.lines, why }],
      wayBack: 'unknown',
    };
  }
  const methods = new Map(
    bodyOf(migration)
      .filter(({ type }) => type === 'method' || type === 'singleton_method')
      .flatMap((node) => {
        const name = fieldOf(node, 'name');
        return name ? [[sourceOf(program, name), node] as const] : [];
      }),
  );
  const up = methods.get('up') ?? methods.get('change');
  const { statements, left } = runRails(
    {
      input,
      program,
      methods,
      scope: constantsOf(program, migration),
      version: versionOf(program, migration),
    },
    bodyOf(up),
  );
  const without = up ? [] : [{ lines: migration.lines, why: 'a migration without `change` and `up`' }];
  return {
    statements,
    comments,
    notAnalysed: [...faults, ...left, ...without],
    wayBack: wayBackOf(program, methods),
  };
}

interface RailsProgram {
  readonly input: OrmInput;
  readonly program: RubyProgram;
  readonly methods: ReadonlyMap<string, CodeNode>;
  readonly scope: Scope;
  readonly version: RailsVersion;
}

/** What these statements send, and what of them is not known. */
export function runRails(
  { input, program, methods, scope, version }: RailsProgram,
  body: readonly CodeNode[],
): Pick<RailsWalk, 'statements' | 'left'> {
  const context = { text: sqlText(input.dialect), version, schema: input.schema };
  const walk: RailsWalk = { program, methods, context, statements: [], left: [], rounds: 0, calls: 0 };
  runBody(walk, body, scope);
  return walk;
}

function migrationClass(program: RubyProgram): CodeNode | undefined {
  return findAll(program.root, ({ type }) => type === 'class').find((node) => {
    const parent = fieldOf(node, 'superclass');
    return parent !== undefined && /Migration\b/.test(sourceOf(program, parent));
  });
}

/** Without a number it is the Rails before 5. A class of the project's own in between has the defaults of a new one. */
function versionOf(program: RubyProgram, migration: CodeNode): number {
  const parent = fieldOf(migration, 'superclass');
  const text = parent ? sourceOf(program, parent) : '';
  const number = /\[\s*['"]?(\d+\.\d+)/.exec(text)?.[1];
  if (number !== undefined) return Number(number);
  return /ActiveRecord::Migration\s*$/.test(text) ? 4.2 : 7.1;
}

function constantsOf(program: RubyProgram, migration: CodeNode): Map<string, CodeValue> {
  const scope = new Map<string, CodeValue>();
  for (const node of [...namedIn(program.root), ...bodyOf(migration)]) {
    const left = node.type === 'assignment' ? fieldOf(node, 'left') : undefined;
    const name = left ? sourceOf(program, left) : '';
    const value = rubyValue(program, fieldOf(node, 'right'), scope);
    if (left) scope.set(name, withoutGrowth(name, value, program.grown));
  }
  return scope;
}

function wayBackOf(program: RubyProgram, methods: ReadonlyMap<string, CodeNode>): MigrationFile['wayBack'] {
  const down = methods.get('down');
  if (down) return raises(program, down) || doesNothing(down) ? 'none' : 'down-step';
  const change = methods.get('change');
  if (!change) return 'none';
  return isReversible(program, bodyOf(change), methods) ? 'down-step' : 'none';
}

function doesNothing(method: CodeNode): boolean {
  return bodyOf(method).every(({ type }) => /^(?:nil|true|false|comment)$/.test(type));
}

function raises(program: RubyProgram, method: CodeNode): boolean {
  return bodyOf(method).some(
    (node) => /^raise\b/.test(sourceOf(program, node)) && !/\b(?:if|unless)\b/.test(sourceOf(program, node)),
  );
}

/** `# text` and `=begin … =end`, without their marks. */
function commentText(text: string): string {
  return text.startsWith('=begin')
    ? text.replace(/^=begin\b.*|^=end\b.*/gm, '').trim()
    : text.replace(/^#+!?\s?/, '');
}
