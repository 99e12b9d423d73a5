import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/core/migration-facts.ts';
import { provenance } from '../../../src/migrations/locks/postgres-measured.ts';
import { emptySchema, type KnownSchema } from '../../../src/migrations/sql/schema.ts';
import { operationsIn } from '../read-sql.ts';
import { schemaAfter } from '../schema-after.ts';
import measured from './postgres-measured.json' with { type: 'json' };

/** The tables on which every form was measured. */
const base = `
CREATE TABLE p(id bigint primary key);
CREATE TABLE t(id bigserial primary key,id2 bigint,pid bigint,a int,vc50 varchar(50),tx text,ch char(10),n102 numeric(10,2),ts timestamp,tz timestamptz,ts3 timestamp(3),iv3 interval(3),js json,jb jsonb,cd cidr,vb varbit(32),xm text);
CREATE TABLE nopk(k bigint);
CREATE TABLE pt(k int not null) PARTITION BY RANGE(k);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (100);
CREATE TABLE pt2 PARTITION OF pt FOR VALUES FROM (100) TO (200);`;

interface Answer {
  readonly from: number;
  readonly to: number;
  readonly error?: string;
  readonly lock?: string;
  readonly rewrite?: boolean;
  readonly scans?: readonly string[];
  readonly also?: Readonly<Record<string, string>>;
}

interface Form {
  readonly id: string;
  readonly setup: string;
  readonly sql: string;
  readonly table: string;
  readonly answers: readonly Answer[];
}

const forms = measured as unknown as readonly Form[];

/** Forms about which the statement alone says nothing, and why. */
const notAnswered: Readonly<Record<string, string>> = {
  enum_add_value_and_use_same_tx: 'fails on every major: nothing was measured',
  create_index_concurrently_on_partitioned: 'fails on every major: nothing was measured',
  add_column_notnull_no_default: 'fails on rows on every major: nothing was measured',
  grant: 'takes no lock that others wait for, and is not an operation on rows',
  create_view: 'makes a view; tables are read-locked for an instant',
  create_or_replace_view: 'makes a view; tables are read-locked for an instant',
  drop_view: 'the view alone is locked',
  create_matview: 'makes a relation nobody uses yet',
  create_table_with_fk: 'makes a table nobody uses yet (the referenced one: see below)',
  create_table_plain: 'makes a table nobody uses yet',
  create_table_like: 'makes a table nobody uses yet',
  create_table_as: 'makes a table nobody uses yet',
  type_timestamp_to_timestamptz_nonutc:
    'depends on the time zone of the session, which the file does not set',
};

/** Answers that stay `unknown` although the schema is known: the statement does not say what decides them. */
const unknownOnKnownSchema: Readonly<Record<string, readonly ('rewrite' | 'scan')[]>> = {
  set_access_method: ['rewrite', 'scan'],
  set_tablespace_same: ['rewrite', 'scan'],
};

const pre: Readonly<Record<string, string>> = {
  type_timestamp_to_timestamptz_utc: "SET timezone='UTC'; ",
  type_timestamp_to_timestamptz_utc_indexed: "SET timezone='UTC'; ",
  type_timestamp_to_timestamptz_using: "SET timezone='UTC'; ",
  type_timestamptz_to_timestamp_utc: "SET timezone='UTC'; ",
};

function answerOn(form: Form, schema: () => KnownSchema) {
  const operations = operationsIn((pre[form.id] ?? '') + form.sql, { schema });
  const about = (table: string) => operations.filter((operation) => operation.table === table);
  const own = about(form.id === 'rename_table' ? 't' : form.table);
  const on = own.length > 0 ? own : operations;
  const any = (key: 'rewrite' | 'scan', of: readonly Operation[]) =>
    of.some((operation) => operation[key] === true)
      ? true
      : of.some((operation) => operation[key] === 'unknown')
        ? 'unknown'
        : false;
  return {
    count: on.length,
    lock: on.map(({ lock }) => lock).toSorted((a, b) => b.length - a.length)[0],
    rewrite: any('rewrite', on),
    scan: any('scan', on),
    also: Object.fromEntries([
      ...on.flatMap(({ alsoLocks }) => alsoLocks ?? []).map(({ table, lock }) => [table, lock] as const),
      ...operations
        .filter(({ table }) => table !== form.table && own.length > 0 && table !== 't')
        .map(({ table, lock }) => [table, lock] as const),
    ]),
  };
}

describe('on a schema that is known, the answer is the measured one on every major from 12 to 18', () => {
  for (const form of forms.filter(({ id }) => !(id in notAnswered))) {
    test(`${form.id}: ${form.sql}`, () => {
      const answer = answerOn(form, () => schemaAfter(base + form.setup));
      expect(answer.count, 'the statement gives an operation').toBeGreaterThan(0);
      const unknown = unknownOnKnownSchema[form.id] ?? [];
      for (const { error, lock, rewrite, scans } of form.answers) {
        if (error !== undefined) continue;
        expect(answer.lock).toBe(lock);
        expect(answer.rewrite).toBe(unknown.includes('rewrite') ? 'unknown' : rewrite);
        // A partitioned table has no rows of its own: its partitions are scanned, which the last test looks at.
        if (form.table === 'pt') continue;
        expect(answer.scan).toBe(unknown.includes('scan') ? 'unknown' : scans?.includes(form.table));
      }
    });
  }
});

describe('tables locked along with the first one are those measured', () => {
  const covered = [
    'add_column_inline_references',
    'add_column_inline_references_default',
    'add_fk',
    'add_fk_not_valid',
    'validate_fk',
    'drop_fk',
    'alter_fk_not_enforced',
    'create_table_with_fk',
    'drop_table_with_outgoing_fk',
    'drop_table_cascade_incoming',
    'inherit',
  ];
  for (const form of forms.filter(({ id }) => covered.includes(id))) {
    test(form.id, () => {
      const [operation] = operationsIn(form.sql, { schema: () => schemaAfter(base + form.setup) });
      const also = Object.fromEntries((operation?.alsoLocks ?? []).map(({ table, lock }) => [table, lock]));
      const answers = form.answers.filter(({ error }) => error === undefined);
      expect(answers.length).toBeGreaterThan(0);
      for (const answer of answers) expect(also).toEqual(answer.also);
    });
  }
});

test.each([
  ['dropped', 'ALTER TABLE t DROP COLUMN pid'],
  ['given another type', 'ALTER TABLE t ALTER COLUMN pid TYPE text'],
])('a column that is %s locks the table its foreign key points to', (_, sql) => {
  const schema = () => schemaAfter(`${base}ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (pid) REFERENCES p;`);
  const [operation] = operationsIn(sql, { schema });
  expect(operation?.alsoLocks).toEqual([{ table: 'p', lock: 'ACCESS EXCLUSIVE' }]);
  const [other] = operationsIn(sql.replace('pid', 'a'), { schema });
  expect(other?.alsoLocks).toBeUndefined();
});

test('the rows were measured on every supported major', () => {
  expect(provenance.versions.map((version) => Number.parseInt(version, 10))).toEqual([
    12, 13, 14, 15, 16, 17, 18,
  ]);
  expect(provenance).toMatchObject({ kind: 'measured', server: 'PostgreSQL' });
});

test('every measured form is either compared or named as not answered', () => {
  expect(forms.length).toBe(169);
  expect(Object.keys(notAnswered).filter((id) => !forms.some((form) => form.id === id))).toEqual([]);
});

describe('on a schema that is not known', () => {
  test('no answer claims less than was measured, and only these forms are unknown', () => {
    const unknown: string[] = [];
    for (const form of forms.filter(({ id }) => !(id in notAnswered))) {
      const answer = answerOn(form, emptySchema);
      for (const { error, rewrite, scans } of form.answers) {
        if (error !== undefined) continue;
        if (rewrite) expect([form.id, answer.rewrite]).not.toEqual([form.id, false]);
        if (scans?.includes(form.table)) expect([form.id, answer.scan]).not.toEqual([form.id, false]);
      }
      if (answer.rewrite === 'unknown' || answer.scan === 'unknown') unknown.push(form.id);
    }
    // A cast or a computed USING tells the rewrite whatever the old type is; nothing else about a type change does.
    const typeChanges = forms
      .map(({ id }) => id)
      .filter((id) => id.startsWith('type_') && !(id in notAnswered));
    expect(unknown.filter((id) => id.startsWith('type_'))).toEqual(
      typeChanges.filter((id) => id !== 'type_timestamp_to_timestamptz_using'),
    );
    expect(unknown.filter((id) => !id.startsWith('type_'))).toEqual([
      'add_column_user_stable_func_default',
      'add_column_domain_with_check',
      'add_column_domain_with_check_default',
      'add_column_domain_nocheck',
      'add_pk_using_index_nullable',
      'add_pk_using_index_notnull',
      'create_index_on_partitioned_only',
      'set_access_method',
      'set_tablespace_same',
    ]);
  });
});

describe('a scan of partitions', () => {
  const scansOf = (id: string) => {
    const form = forms.find((one) => one.id === id);
    if (!form) throw new Error(`no form ${id}`);
    const operations = operationsIn(form.sql, { schema: () => schemaAfter(base + form.setup) });
    return operations.map(({ table, lock, scan }) => ({ table, lock, scan }));
  };
  test('an attached table is read under ACCESS EXCLUSIVE, its new parent is not', () => {
    expect(scansOf('attach_partition')).toEqual([
      { table: 'pt', lock: 'SHARE UPDATE EXCLUSIVE', scan: false },
      { table: 'newp', lock: 'ACCESS EXCLUSIVE', scan: true },
    ]);
  });
  test('with a check on the attached table it cannot be told, since the bounds are not compared', () => {
    expect(scansOf('attach_partition_with_check')[1]).toEqual({
      table: 'newp',
      lock: 'ACCESS EXCLUSIVE',
      scan: 'unknown',
    });
  });
  test('a new partition beside a default one reads the default one', () => {
    expect(scansOf('create_table_partition_of_with_default_part')).toEqual([
      { table: 'part_new', lock: 'none', scan: false },
      { table: 'pt', lock: 'ACCESS EXCLUSIVE', scan: false },
      { table: 'pt_def', lock: 'ACCESS EXCLUSIVE', scan: true },
    ]);
  });
});
