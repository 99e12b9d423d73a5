import { expect, test } from 'vitest';
import { changeClass, whyNotOrdinary } from '../../../src/review/measure/change-class.ts';
import { riskOf } from '../../../src/review/measure/risky-path.ts';
import { person, pullRequest } from '../../support/facts.ts';

test.each([
  ['Revert "Add orders"', 'revert'],
  ['revert: add orders', 'revert'],
  ['revert(api): add orders', 'revert'],
  ['Do not revert the order', 'ordinary'],
  ['[Backport 2.x] Fix the sum', 'backport'],
  ['[2.3] Fix the sum', 'backport'],
  ['Fix the sum (backport #12)', 'backport'],
  ['Cherry-pick the fix', 'backport'],
  ['Release 2.4.0', 'release'],
  ['chore(main): release 2.4.0', 'release'],
  ['v2.4.0', 'release'],
  ['Version Packages', 'release'],
  ['Releases are listed by date', 'ordinary'],
  ['scripted-diff: rename Order to Purchase', 'mechanical'],
  ['style: run the formatter', 'mechanical'],
  ['Style the button', 'ordinary'],
  ['Refund an order in parts', 'ordinary'],
])('"%s" is %s', (title, kind) => {
  expect(changeClass(pullRequest({ title }))).toBe(kind);
});

test.each([
  ['revert-12-orders', 'revert'],
  ['backport/2.x/fix', 'backport'],
  ['mergify/bp/2.x/pr-7', 'backport'],
  ['release/2.4', 'release'],
  ['release-notes-page', 'ordinary'],
  ['changeset-release/main', 'release'],
])('the branch %s is %s', (headBranch, kind) => {
  expect(changeClass(pullRequest({ headBranch }))).toBe(kind);
});

test('a label says it too, and a bot’s is a bot’s whatever it says', () => {
  expect(changeClass(pullRequest({ labels: ['Backport'] }))).toBe('backport');
  expect(changeClass(pullRequest({ title: 'Release 1.0', author: person('x', 'bot') }))).toBe('by a bot');
});

test.each([
  [pullRequest({ state: 'closed' }), 'the pull request was closed without a merge'],
  [pullRequest({ isDraft: true }), 'the pull request is a draft'],
  [pullRequest({ title: 'Revert "x"' }), 'the pull request is a revert'],
  [pullRequest(), undefined],
])('why it is not compared: %#', (given, reason) => {
  expect(whyNotOrdinary(given)).toBe(reason);
});

test.each([
  ['db/migrations/0142_orders.sql', 'schema'],
  ['prisma/schema.prisma', 'schema'],
  ['src/auth/session.ts', 'access control'],
  ['app/Http/permission.php', 'access control'],
  ['src/author/list.ts', undefined],
  ['src/authors.ts', undefined],
  ['src/billing/invoice.ts', 'payments'],
  ['.github/workflows/ci.yml', 'delivery'],
  ['Dockerfile', 'delivery'],
  ['src/orders.ts', undefined],
  ['test/auth/session.test.ts', undefined],
  ['src/auth/session.spec.ts', undefined],
  ['spec/billing/invoice_spec.rb', undefined],
])('the path %s needs care for %s', (path, risk) => {
  expect(riskOf(path)).toBe(risk);
});
