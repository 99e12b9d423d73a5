import type { KnownSchema } from '../../sql/schema.ts';
import type { SqlLanguage } from '../../sql/sql-language.ts';
import { findAll } from '../code/code-node.ts';
import { rubyCall, rubyProgram } from '../code/ruby-values.ts';
import type { OrmInput } from '../orm-reader.ts';
import { readSourceSql } from '../source-sql.ts';
import { runRails } from './read-rails.ts';

/** Carries `db/schema.rb` out on a schema: what Rails loads to build a database at once. */
export function applySchemaFile(input: OrmInput, schema: KnownSchema, language: SqlLanguage): void {
  const program = rubyProgram(input.source, input.tree);
  const define = findAll(input.tree, ({ type }) => type === 'call')
    .map((node) => rubyCall(program, node, new Map()))
    .find(({ name, block }) => block !== undefined && /(?:^|\.)define$/.test(name));
  const number = /ActiveRecord::Schema\[\s*(\d+\.\d+)/.exec(input.source)?.[1];
  // Before 7.0 the file named no version, and no column had a precision that it does not say.
  const version = number === undefined ? 6.1 : Number(number);
  const { statements } = runRails(
    { input, program, methods: new Map(), scope: new Map(), version },
    define?.block?.body ?? [],
  );
  const read = { statements, comments: [], notAnalysed: [], wayBack: 'unknown' } as const;
  for (const { tree } of readSourceSql(read, language).statements) language.apply(schema, tree, false);
}
