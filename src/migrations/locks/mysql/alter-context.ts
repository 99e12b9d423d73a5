import type { AlterClause } from '../../sql/dialects/dialect-statement.ts';
import type { KnownSchema } from '../../sql/schema.ts';
import type { Asked, InnodbServer } from './innodb-effect.ts';

/** What a clause of ALTER TABLE is judged by, besides itself. */
export interface AlterContext {
  readonly table: string;
  readonly schema: KnownSchema;
  readonly server: InnodbServer;
  readonly asked: Asked;
  /** All clauses of the statement: a primary key that is dropped may come back. */
  readonly clauses: readonly AlterClause[];
}
