import { describe, expect, it } from 'vitest';
import type { CoveredChangedFile } from '../../../src/core/coverage-facts.ts';
import { evaluate } from '../../../src/core/evaluate.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { unavailable } from '../../../src/core/part.ts';
import { changedLinesNotRun as rule } from '../../../src/coverage/rules/changed-lines-not-run.ts';
import { changedFile, factsOf } from '../coverage-facts-for.ts';

function outcome(facts: Facts) {
  const [result] = evaluate(facts, [rule]);
  return result?.outcome;
}

function finding(facts: Facts) {
  const found = outcome(facts);
  if (found?.kind !== 'findings') throw new Error(JSON.stringify(found));
  return found.findings[0];
}

const orders = changedFile('src/orders/price.ts', [{ start: 1, end: 30 }]);
const around = { 'src/orders/price.ts': [18, 0, 12], 'src/orders/cart.ts': [90, 1, 9] } as const;

describe('changed lines that no test runs', () => {
  it('are one finding a file, placed at the largest group, with the usual share around it', () => {
    const facts = factsOf(
      [orders],
      {
        'src/orders/price.ts': [
          [1, 10, 'hit'],
          [11, 3, 'miss'],
          [15, 1, 'hit'],
          [16, 4, 'miss'],
          [22, 5, 'miss'],
          [27, 1, 'partial'],
        ],
      },
      around,
    );
    expect(finding(facts)).toMatchObject({
      rule: 'coverage/changed-lines-not-run',
      level: 'warning',
      about: { path: 'src/orders/price.ts' },
      confidence: 'high',
      place: { path: 'src/orders/price.ts', line: 16, endLine: 26, side: 'head' },
      otherPlaces: [{ path: 'src/orders/price.ts', line: 11, endLine: 13, side: 'head' }],
      observation:
        '12 of 24 added lines with code in `src/orders/price.ts` are run by no test: lines 11–13, 16–26. Line 27 ran on some branches only.',
      impact:
        'Elsewhere in `src/orders/` 91 % of lines run (91 of 100); a fault here is likelier to pass unseen than is usual.',
      action: 'Which test could reach lines 16–26?',
      measurements: [
        { name: 'added lines not run', value: 12, unit: 'lines', base: 24 },
        { name: 'added lines run in part', value: 1, unit: 'lines', base: 24 },
      ],
    });
  });

  it('say so when the folder is tested no better', () => {
    const facts = factsOf(
      [orders],
      {
        'src/orders/price.ts': [
          [1, 27, 'hit'],
          [28, 3, 'miss'],
        ],
      },
      { 'src/orders/cart.ts': [10, 0, 90] },
    );
    expect(finding(facts)?.impact).toBe(
      'Elsewhere in `src/orders/` 10 % of lines run (10 of 100), so tests around here would seldom notice a fault.',
    );
  });

  it('name the test file that carries the name of the source file, when the facts know one', () => {
    const facts = factsOf(
      [
        orders,
        changedFile('test/orders/price.test.ts', [{ start: 1, end: 2 }]),
        changedFile('test/price.test.ts', []),
      ],
      {
        'src/orders/price.ts': [
          [1, 27, 'hit'],
          [28, 3, 'miss'],
        ],
      },
    );
    expect(finding(facts)?.action).toBe('Could a case in `test/orders/price.test.ts` reach lines 28–30?');
  });

  it('pass with their number when fewer than three lines of a file are left out', () => {
    const runs = (miss: number) => ({
      'src/orders/price.ts': [
        [1, 20, 'hit'],
        [21, miss, 'miss'],
      ] as const,
    });
    expect(outcome(factsOf([orders], runs(2)))).toEqual({
      kind: 'pass',
      seen: '20 of 22 added lines with code run',
    });
    expect(outcome(factsOf([orders], runs(3)))?.kind).toBe('findings');
  });

  it('pass in a change of 19 lines and not in one of 20', () => {
    const facts = (lines: number) =>
      factsOf([changedFile('a.ts', [{ start: 1, end: lines }])], { 'a.ts': [[1, lines, 'miss']] });
    expect(outcome(facts(19))).toEqual({
      kind: 'pass',
      seen: '0 of 19 added lines with code run; a change of 19 lines is too small to judge',
    });
    expect(outcome(facts(20))?.kind).toBe('findings');
  });

  it('belong to one group over three lines without code, not over four, and never over a line that ran', () => {
    const places = (...runs: (readonly [number, number, 'miss' | 'hit'])[]) =>
      finding(factsOf([orders], { 'src/orders/price.ts': [...runs, [20, 3, 'miss']] }))?.otherPlaces;
    expect(places([1, 1, 'miss'], [5, 1, 'miss'])).toEqual([
      { path: 'src/orders/price.ts', line: 1, endLine: 5, side: 'head' },
    ]);
    expect(places([1, 1, 'miss'], [6, 1, 'miss'])).toHaveLength(2);
    expect(places([1, 1, 'miss'], [2, 1, 'hit'], [3, 1, 'miss'])).toHaveLength(2);
  });

  it('do not count what the change does not add', () => {
    const facts = factsOf([changedFile('a.ts', [{ start: 40, end: 70 }])], {
      'a.ts': [
        [1, 39, 'miss'],
        [40, 31, 'hit'],
        [71, 9, 'miss'],
      ],
    });
    expect(outcome(facts)).toEqual({ kind: 'pass', seen: '31 of 31 added lines with code run' });
  });

  it('are unknown when they are newer than the measured commit', () => {
    const facts = factsOf([orders], {}, around, {
      changed: [
        { path: 'src/orders/price.ts', runs: [], notCarried: [], newSinceMeasured: [{ start: 1, end: 30 }] },
      ],
    });
    expect(outcome(facts)).toEqual({
      kind: 'not-available',
      reason: '30 added lines are newer than the measured commit 2222222; run the tests on this head',
    });
  });

  it('do not exist when nothing that was added holds code', () => {
    expect(outcome(factsOf([orders], { 'src/orders/price.ts': [[40, 3, 'miss']] }))).toEqual({
      kind: 'not-applicable',
      reason: 'no added line holds code that the coverage report knows',
    });
  });

  it('cannot be told without a report, or when over half of it matches no tracked file', () => {
    const reason = 'no coverage report was found; run the tests with one';
    expect(outcome({ ...factsOf([orders], {}), coverage: unavailable(reason) })).toEqual({
      kind: 'not-available',
      reason,
    });
    const unmapped = (count: number) =>
      factsOf([orders], { 'src/orders/price.ts': [[1, 30, 'miss']] }, around, {
        reportedFiles: 4,
        unmapped: Array.from({ length: count }, (_, n) => ({
          reportPath: `/ci/${n}.ts`,
          why: 'no tracked file matches' as const,
          isThirdParty: false,
        })),
      });
    expect(outcome(unmapped(2))?.kind).toBe('findings');
    expect(outcome(unmapped(3))).toEqual({
      kind: 'not-available',
      reason:
        '3 of 4 files in the coverage report match no tracked file (`/ci/0.ts`: no tracked file matches); the report may come from another checkout or a build folder',
    });
  });

  it('come in the order of their lines, how deep they stand, and how often the file was changed and repaired', () => {
    const order = (
      ...files: readonly Partial<
        Pick<CoveredChangedFile, 'branchDepth' | 'past'> & { readonly miss: number }
      >[]
    ) => {
      const paths = files.map((_, index) => `${'abcdef'[index]}.ts`);
      const facts = factsOf(
        paths.map((path) => changedFile(path, [{ start: 1, end: 30 }])),
        {},
        {},
        {
          changed: files.map(({ miss = 5, ...more }, index) => ({
            path: paths[index] ?? '',
            runs: [[1, miss, 'miss'] as const],
            notCarried: [],
            newSinceMeasured: [],
            ...more,
          })),
        },
      );
      const found = outcome(facts);
      return found?.kind === 'findings' ? found.findings.map(({ about }) => about.path) : found;
    };
    expect(order({ miss: 5 }, { miss: 6 })).toEqual(['b.ts', 'a.ts']);
    expect(order({ miss: 5, branchDepth: 0.25 }, { miss: 6 })).toEqual(['a.ts', 'b.ts']);
    expect(order({ miss: 5, branchDepth: 0.1 }, { miss: 6 })).toEqual(['b.ts', 'a.ts']);
    expect(order({ branchDepth: 2 }, { past: { changes: 3, fixes: 0 } })).toEqual(['b.ts', 'a.ts']);
    expect(order({ branchDepth: 3 }, { past: { changes: 2, fixes: 0 } })).toEqual(['a.ts', 'b.ts']);
    expect(order({ past: { changes: 5, fixes: 0 } }, { past: { changes: 3, fixes: 1 } })).toEqual([
      'b.ts',
      'a.ts',
    ]);
  });

  it('keep their fingerprint when lines move', () => {
    const at = (line: number) =>
      finding(factsOf([orders], { 'src/orders/price.ts': [[line, 5, 'miss']] }))?.fingerprint;
    expect(at(3)).toBe(at(20));
  });

  it('are told in at most 80 words and one question, however many and however named', () => {
    const path = `src/${'deep/'.repeat(20)}a b\u202e\n\`x.ts`;
    const facts = factsOf(
      [changedFile(path, [{ start: 1, end: 900 }])],
      {
        [path]: Array.from(
          { length: 90 },
          (_, n) => [n * 10 + 1, 4, n % 2 === 0 ? 'miss' : 'partial'] as const,
        ),
      },
      { 'src/b.ts': [1000, 1, 2] },
    );
    const found = finding(facts);
    const text = `${found?.observation} ${found?.impact} ${found?.action}`;
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(80);
    expect(text.match(/\?/g)).toHaveLength(1);
    expect(text).not.toMatch(/[\u202e\n]/);
    expect(found?.observation).toContain('lines 1–4, 21–24, 41–44 and 42 more places.');
    expect(found?.otherPlaces).toHaveLength(44);
  });
});
