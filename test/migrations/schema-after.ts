import { applyStatement } from '../../src/migrations/sql/apply-statement.ts';
import { readStatements } from '../../src/migrations/sql/read-statements.ts';
import { emptySchema, type KnownSchema } from '../../src/migrations/sql/schema.ts';
import { postgresql } from './read-sql.ts';

/** The schema that these statements leave behind, all of them older than the change. */
export function schemaAfter(sql: string): KnownSchema {
  const schema = emptySchema();
  for (const { tree } of readStatements(sql, postgresql).statements) applyStatement(schema, tree, false);
  return schema;
}
