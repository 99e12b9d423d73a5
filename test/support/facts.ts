import type { Change, ChangedFile } from '../../src/core/change.ts';
import type { Facts } from '../../src/core/facts.ts';
import type { Finding } from '../../src/core/finding.ts';
import { unavailable } from '../../src/core/part.ts';
import type { Person, PersonKey, PersonKind } from '../../src/core/people.ts';
import type { PullRequest } from '../../src/core/pull-request.ts';
import type { Report } from '../../src/core/report.ts';
import { noSettings } from '../../src/core/settings.ts';

/** Builders with everything ordinary filled in: a test names only what it is about. */

export function facts(parts: Partial<Facts> = {}): Facts {
  return {
    schemaVersion: 1,
    now: '2026-11-22T12:00:00Z',
    seed: 1,
    repository: { name: 'acme/shop', url: 'https://github.com/acme/shop' },
    asked: { pullRequest: 7, head: 'b'.repeat(40) },
    settings: noSettings,
    pullRequest: pullRequest(),
    change: change(),
    coverage: unavailable('no coverage report was found'),
    review: unavailable('there is no token'),
    migrations: { files: [], decisionRecords: [] },
    earlierResults: [],
    replies: [],
    remarks: [],
    ...parts,
  };
}

export function change(parts: Partial<Change> = {}): Change {
  return {
    base: 'a'.repeat(40),
    head: 'b'.repeat(40),
    mergeBase: 'a'.repeat(40),
    baseName: 'main',
    files: [changedFile()],
    commits: [],
    ...parts,
  };
}

export function changedFile(parts: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path: 'src/refund.ts',
    status: 'modified',
    kind: 'file',
    isBinary: false,
    hunks: [{ baseStart: 7, baseLines: 6, headStart: 7, headLines: 9 }],
    added: [{ start: 10, end: 12 }],
    deleted: [],
    ...parts,
  };
}

export function pullRequest(parts: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 7,
    title: 'Refund in parts',
    body: '',
    state: 'open',
    isDraft: false,
    author: person('author'),
    isFromFork: false,
    isFirstContribution: false,
    baseBranch: 'main',
    headBranch: 'refunds',
    labels: [],
    templates: [],
    ...parts,
  };
}

export function person(name: string, kind: PersonKind = 'human'): Person {
  return { key: `key-of-${name}` as PersonKey, kind };
}

export function finding(parts: Partial<Finding> = {}): Finding {
  return {
    rule: 'coverage/changed-lines-not-run',
    level: 'warning',
    fingerprint: 'a7f3kq',
    about: { path: 'src/refund.ts' },
    confidence: 'high',
    place: { path: 'src/refund.ts', line: 10, endLine: 12 },
    observation: '3 of 4 changed lines in `src/refund.ts` are not run by any test.',
    impact: 'The rest of this file is run to 92 %.',
    action: 'Is the path after a partial refund covered somewhere this report cannot see?',
    measurements: [{ name: 'changed lines not run', value: 3, unit: 'lines', base: 4 }],
    ...parts,
  };
}

export function report(parts: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    repository: { name: 'acme/shop', url: 'https://github.com/acme/shop' },
    pullRequest: 7,
    head: 'b'.repeat(40),
    mergeBase: 'a'.repeat(40),
    baseName: 'main',
    changedFiles: 1,
    migrations: 0,
    results: [],
    remarks: [],
    ...parts,
  };
}

/** A report in which one rule reports these findings and the others stand as given. */
export function reportWith(found: readonly Finding[], others: Report['results'] = []): Report {
  const byRule = Map.groupBy(found, ({ rule }) => rule);
  return report({
    results: [
      ...[...byRule].map(([rule, findings]) => ({
        rule,
        level: 'warning' as const,
        outcome: { kind: 'findings' as const, findings },
      })),
      ...others,
    ],
  });
}
