import { describe, expect, test } from 'vitest';
import { mariadbMeasured, provenance } from '../../../src/migrations/locks/mariadb/mariadb-measured.ts';
import { lastOperations } from './dialect-operations.ts';
import measured from './mariadb-measured.json' with { type: 'json' };

/** The table on which every form was measured. */
const base = `CREATE TABLE p(id bigint PRIMARY KEY) ENGINE=InnoDB;
CREATE TABLE t(
  id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, k bigint NOT NULL DEFAULT 0,
  v50 varchar(50), v100 varchar(100), e enum('x','y'), tx text, d datetime, pid bigint, g point NOT NULL, KEY ib(b)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;`;

interface Form {
  readonly id: string;
  readonly form: string;
  readonly setup: string;
  readonly session: string;
  readonly sql: string;
  readonly answer: {
    readonly error?: string;
    readonly algorithm?: string;
    readonly lock?: string;
    readonly work: 'definition' | 'scan' | 'rebuild';
    readonly writesWait?: boolean;
  };
}

const forms = measured as readonly Form[];

/** Strongest first: a statement waits for the strongest lock of its clauses. */
const strength = ['SHARED NO WRITE METADATA', 'unknown', 'SHARED UPGRADABLE METADATA', 'EXCLUSIVE METADATA'];

function answerOn({ setup, session, sql }: Form) {
  const operations = lastOperations(
    'mariadb',
    [base, setup, session, sql].filter((part) => part !== '').join(';\n'),
  );
  const any = (key: 'rewrite' | 'scan') =>
    operations.some(({ effect }) => effect[key] === true)
      ? true
      : operations.some(({ effect }) => effect[key] === 'unknown')
        ? 'unknown'
        : false;
  const locks = operations.map(({ effect }) => effect.lock);
  return {
    rewrite: any('rewrite'),
    scan: any('scan'),
    lock: strength.find((lock) => locks.includes(lock as never)),
  };
}

describe('the answer about a statement is the measured one', () => {
  for (const form of forms.filter((one) => one.form !== '')) {
    test(`${form.id}: ${form.sql}`, () => {
      const { answer } = form;
      expect(answer.error).toBeUndefined();
      const said = answerOn(form);
      expect(said.scan).toBe(answer.work !== 'definition');
      // The first FULLTEXT index of a table rebuilds it, as here; the statement does not say which one it is.
      expect(said.rewrite).toBe(/fulltext/.test(form.id) ? 'unknown' : answer.work === 'rebuild');
      const waits = answer.writesWait ?? (answer.lock === 'SHARED' && answer.work !== 'definition');
      if (answer.work !== 'definition') {
        expect(said.lock).toBe(waits ? 'SHARED NO WRITE METADATA' : 'SHARED UPGRADABLE METADATA');
      } else expect(said.lock).toBe('EXCLUSIVE METADATA');
    });
  }
});

test('what others saw is what the LOCK clause had promised', () => {
  const seen = forms.filter(({ answer }) => answer.writesWait !== undefined && answer.lock !== undefined);
  expect(seen.length).toBeGreaterThan(20);
  for (const { id, answer } of seen) expect([id, answer.writesWait]).toEqual([id, answer.lock !== 'NONE']);
});

test('where the statement does not say enough, the answer is unknown', () => {
  const open = forms.filter(({ form }) => form === '');
  expect(open.map(({ id }) => id)).toEqual(['add_column_default_rand', 'add_column_default_sum']);
  for (const form of open)
    expect(answerOn(form)).toEqual({ rewrite: 'unknown', scan: 'unknown', lock: 'unknown' });
});

test('the rows were measured, form by form', () => {
  expect(provenance).toMatchObject({ kind: 'measured', server: 'MariaDB' });
  expect(forms.length).toBeGreaterThanOrEqual(70);
  expect(Object.keys(mariadbMeasured).toSorted()).toEqual(
    [...new Set(forms.map(({ form }) => form).filter((form) => form !== ''))].toSorted(),
  );
});
