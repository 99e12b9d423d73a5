import type { SourceComment } from '../../core/migration-facts.ts';
import type { Detected, Sending } from '../detect/framework.ts';
import { emptySchema, type KnownSchema } from '../sql/schema.ts';
import { readAlembic } from './alembic/read-alembic.ts';
import type { CodeParsers, ParseCode } from './code/code-node.ts';
import { readDjango } from './django/read-django.ts';
import type { OrmRead, OrmReader } from './orm-reader.ts';
import type { ProgramInput, ProgramReader, ReadProgram } from './program-reader.ts';
import { readRails } from './rails/read-rails.ts';
import { applySchemaFile } from './rails/read-schema-file.ts';
import { codeWords } from './same-code.ts';
import { readSourceSql } from './source-sql.ts';

const readers: Readonly<Record<string, OrmReader>> = {
  rails: readRails,
  django: readDjango,
  alembic: readAlembic,
};

export function createProgramReader(parsers: CodeParsers): ProgramReader {
  return {
    read: (input) => readProgram(input, parsers),
    isSame: (before, after, language) => sameProgram(before, after, parsers[language]),
    readSchemaFile(file, language) {
      const tree = typeof parsers.ruby === 'function' ? parsers.ruby(file.source) : undefined;
      if (!tree || 'fault' in tree) return undefined;
      const schema = emptySchema();
      applySchemaFile({ ...file, tree, schema }, schema, language);
      return schema;
    },
  };
}

function readProgram(
  { path, text, previous, detected, schema, language }: ProgramInput,
  parsers: CodeParsers,
): ReadProgram | { readonly why: string } {
  const parse = detected.code === undefined ? undefined : parsers[detected.code];
  const reader = readers[detected.framework];
  if (typeof parse !== 'function' || !reader)
    return { why: parse ?? 'its parser was not loaded' } as { why: string };
  const read = (source: string, known: KnownSchema) => {
    const tree = parse(source);
    return 'fault' in tree
      ? { why: tree.fault }
      : withoutCopies(
          reader({
            path,
            source,
            tree,
            dialect: detected.dialect,
            ...(detected.app === undefined ? {} : { app: detected.app }),
            schema: known,
          }),
          detected,
        );
  };
  // The earlier text is read first, on a schema of its own: what it does is done already, or undone by the new text.
  const before = previous === undefined ? undefined : read(previous, structuredClone(schema));
  const now = read(text, schema);
  if ('why' in now) return now;
  return {
    sql: readSourceSql({ ...now, comments: now.comments.filter(isForPeople) }, language),
    ...(before && !('why' in before) ? { previous: readSourceSql(before, language) } : {}),
    wayBack: now.wayBack,
    sending: sendingOf(detected, now.sending),
  };
}

/** Orders to an interpreter or a linter are no words of the author's. */
function isForPeople({ text }: SourceComment): boolean {
  return !/^(?:frozen_string_literal|(?:en)?coding\b|-\*-|typed:|warn_indent|rubocop:|standard:|noqa|type:|pylint|pyright|mypy|flake8|ruff|isort|fmt:|nosec|pragma:|!\/)/i.test(
    text.trim(),
  );
}

/** These frameworks open no transaction where the server ends it with every change of the schema. */
function sendingOf({ dialect, framework, sending }: Detected, own: Sending | undefined): Sending {
  const isAlone =
    dialect === 'mysql' || dialect === 'mariadb' || (dialect === 'sqlite' && framework === 'alembic');
  return isAlone ? 'one-by-one' : (own ?? sending);
}

const unknownToSqlite =
  /^ALTER TABLE .+ (?:ALTER COLUMN|ADD CONSTRAINT|DROP CONSTRAINT|ADD (?:UNIQUE|CHECK|FOREIGN|PRIMARY)|VALIDATE)\b/;

/** SQLite changes no column and no constraint: the framework writes the whole table again, which is not followed. */
function withoutCopies(read: OrmRead, { dialect }: Detected): OrmRead {
  if (dialect !== 'sqlite') return read;
  const copies = read.statements.filter(({ sql }) => unknownToSqlite.test(sql.slice(0, 500)));
  const why = 'a change of a column or a constraint, for which the whole table is written again on SQLite';
  return {
    ...read,
    statements: read.statements.filter((statement) => !copies.includes(statement)),
    notAnalysed: [...read.notAnalysed, ...copies.map(({ lines }) => ({ lines, why }))],
  };
}

function sameProgram(before: string, after: string, parse: ParseCode | string | undefined): boolean {
  if (before === after || typeof parse !== 'function') return before === after;
  const [was, is] = [parse(before), parse(after)];
  if ('fault' in was || 'fault' in is) return false;
  return codeWords(before, was) === codeWords(after, is);
}
