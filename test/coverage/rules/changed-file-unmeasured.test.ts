import { describe, expect, it } from 'vitest';
import type { BaseCoverage } from '../../../src/core/coverage-facts.ts';
import { evaluate } from '../../../src/core/evaluate.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { changedFileUnmeasured as rule } from '../../../src/coverage/rules/changed-file-unmeasured.ts';
import { baseCoverage } from '../comparison-facts.ts';
import { changedFile, factsOf } from '../coverage-facts-for.ts';

function outcome(facts: Facts) {
  return evaluate(facts, [rule])[0]?.outcome;
}

const totals = { 'src/a.ts': [9, 0, 1], 'src/b.ts': [9, 0, 1] } as const;
const added = (lines: number) => [{ start: 1, end: lines }];

describe('a changed source file that the report lacks', () => {
  it('is unmeasured: one finding with its lines and the number of missing files', () => {
    const facts = factsOf(
      [changedFile('src/a.ts', added(5)), changedFile('src/new.ts', added(40), { status: 'added' })],
      { 'src/a.ts': [[1, 5, 'hit']] },
      totals,
    );
    const found = outcome(facts);
    expect(found).toMatchObject({
      kind: 'findings',
      findings: [
        {
          about: {},
          confidence: 'medium',
          place: { path: 'src/new.ts', line: 1, side: 'head' },
          observation:
            '1 of 2 changed source files is not in the coverage report: `src/new.ts` (40 added lines).',
          impact:
            'The report knows 2 files; whether tests run these lines is unknown, and coverage percentages leave them out.',
          action: 'Does any test load this file, or does the coverage setting leave it out?',
          measurements: [
            { name: 'added lines unmeasured', value: 40, unit: 'lines' },
            { name: 'changed source files missing from the report', value: 1, unit: 'files', base: 2 },
          ],
        },
      ],
    });
  });

  it('is not named with nine added lines, and is with ten', () => {
    const facts = (lines: number) => factsOf([changedFile('src/new.ts', added(lines))], {}, totals);
    expect(outcome(facts(9))).toEqual({
      kind: 'pass',
      seen: '0 of 1 changed source file is in the report; 1 adds fewer than 10 lines',
    });
    expect(outcome(facts(10))?.kind).toBe('findings');
  });

  it('passes when the report knows all of them', () => {
    expect(outcome(factsOf([changedFile('src/a.ts', added(50))], { 'src/a.ts': [] }, totals))).toEqual({
      kind: 'pass',
      seen: '1 of 1 changed source file is in the report',
    });
  });

  it.each([
    'README.md',
    'db/0001.sql',
    'src/a.py',
    'src/a.test.ts',
    'test/helpers.ts',
    'packages/x/__tests__/a.ts',
    'src/types.d.ts',
    'vite.config.ts',
    'src/generated/client.ts',
    'vendor/lib/x.ts',
    'examples/demo/main.ts',
    'dist/index.ts',
  ])('is none of %s', (path) => {
    expect(outcome(factsOf([changedFile(path, added(50))], {}, totals))).toEqual({
      kind: 'not-applicable',
      reason: 'no changed file is of a kind that the coverage report covers',
    });
  });

  it('is none that was deleted, renamed without an added line, binary or a link', () => {
    const files = [
      changedFile('src/c.ts', [], { status: 'deleted' }),
      changedFile('src/d.ts', [], { status: 'renamed' }),
      changedFile('src/e.ts', added(50), { isBinary: true }),
      changedFile('src/f.ts', added(50), { kind: 'symlink' }),
    ];
    expect(outcome(factsOf(files, {}, totals))?.kind).toBe('not-applicable');
  });

  it('cannot be told when over half of the report matches no tracked file', () => {
    const facts = factsOf([changedFile('src/new.ts', added(50))], {}, totals, {
      reportedFiles: 3,
      unmapped: ['/x/1.ts', '/x/2.ts'].map((reportPath) => ({
        reportPath,
        why: 'no tracked file matches' as const,
        isThirdParty: false,
      })),
    });
    expect(outcome(facts)?.kind).toBe('not-available');
  });

  it('cannot be told while a report that the base has is missing, and can once it is there', () => {
    const facts = (missingShards: BaseCoverage['missingShards']) =>
      factsOf([changedFile('src/new.ts', added(50))], {}, totals, { base: baseCoverage({ missingShards }) });
    expect(outcome(facts([{ name: 'e2e', files: 7, lines: 310 }]))).toEqual({
      kind: 'not-available',
      reason:
        'the report `e2e` that the base 1111111 has is missing here (it covers 7 files and 310 lines); run all tests, or let the job that makes it finish first',
    });
    expect(outcome(facts([]))?.kind).toBe('findings');
  });
});
