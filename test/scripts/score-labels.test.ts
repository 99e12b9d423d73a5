import { expect, test } from 'vitest';
import { type Label, score, scoreText } from '../../scripts/score-labels.ts';
import { commit } from '../migrations/rationale/facts-of-text.ts';
import { readSql } from '../migrations/read-sql.ts';
import { change, facts, pullRequest } from '../support/facts.ts';

/** A change of this SQL with this commit message, and what a reader says of it. */
function labelled(sql: string, message: string, label: Label) {
  const migrations = { files: readSql(sql), decisionRecords: [], uses: [] };
  const parts = { migrations, change: change({ commits: [commit(message)] }) };
  return { facts: facts({ ...parts, pullRequest: pullRequest({ title: '', body: '' }) }), label };
}

const index = 'CREATE INDEX i ON shop.orders (status);';
const reason =
  'Index orders\n\nThe dashboard times out: it scans 40 million rows. Built at night, writes wait 3 minutes.';

test('findings are compared with what a reader said before', () => {
  const scores = score([
    labelled(index, 'Add index', { hasReason: false, dangers: ['orders'] }),
    labelled(index, reason, { hasReason: true, dangers: ['orders', 'customers'] }),
    labelled(index, 'Add index', { hasReason: true, dangers: [] }),
    labelled(index, reason, { hasReason: false, dangers: ['shop."orders"'] }),
    labelled('CREATE TABLE t (a int);', 'Add t', { dangers: [] }),
  ]);
  expect(scores.reason).toEqual({ right: 1, wrong: 1, named: 1, missed: 1 });
  expect(scores.danger).toEqual({ right: 3, wrong: 1, named: 3, missed: 1 });
  expect(scoreText('dangers', scores.danger)).toBe(
    'dangers: precision 75 % (3 of 4; 95 %: 30 % to 95 %), recall 75 % (3 of 4; 95 %: 30 % to 95 %)',
  );
  expect(scoreText('reasons', { right: 0, wrong: 0, named: 0, missed: 0 })).toBe(
    'reasons: precision not known (0 of 0), recall not known (0 of 0)',
  );
});
