import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCoverageData } from '../../../src/collect/artifact/read-coverage-data.ts';
import { writeCoverageData } from '../../../src/collect/artifact/write-coverage-data.ts';
import type { CoverageData } from '../../../src/core/coverage-data.ts';
import type { StatusRun } from '../../../src/core/coverage-facts.ts';

const small: CoverageData = {
  repository: 'acme/shop',
  measuredCommit: 'a'.repeat(40),
  shard: { job: 'test', index: 2, total: 3 },
  unit: 'lines',
  reports: [{ path: 'coverage/lcov.info', format: 'lcov', files: 2, remarks: 1 }],
  files: new Map<string, readonly StatusRun[]>([
    ['index.ts', [[1, 2, 'hit']]],
    [
      'src/refund.ts',
      [
        [3, 20, 'hit'],
        [23, 1, 'partial'],
        [30, 1, 'miss'],
      ],
    ],
  ]),
  reportedFiles: 3,
  unmapped: [{ reportPath: 'dist/x.js', why: 'no tracked file matches', isThirdParty: false }],
};

const bytes = (data: CoverageData) => new TextEncoder().encode(String(writeCoverageData(data)));

describe('coverage data', () => {
  it('is one line of JSON with the lines folder by folder', () => {
    expect(writeCoverageData(small)).toBe(
      `{"format":"review-vitals-coverage","version":1,"repository":"acme/shop","measuredCommit":"${'a'.repeat(40)}","shard":"test-2of3","unit":"lines",` +
        '"reports":[{"path":"coverage/lcov.info","format":"lcov","files":2,"remarks":1}],"reportedFiles":3,' +
        '"folders":[["","index.ts 2 0 0 h2\\n"],["src","refund.ts 20 1 1 .2h20p.6m\\n"]],' +
        '"unmapped":[{"path":"dist/x.js","why":"no tracked file matches","isThirdParty":false}]}\n',
    );
  });

  it('is read back as it was written', () => {
    expect(readCoverageData(bytes(small))).toEqual(small);
  });

  it('is the same text whatever the order of the files', () => {
    const backwards = { ...small, files: new Map([...small.files].reverse()) };
    expect(writeCoverageData(backwards)).toBe(writeCoverageData(small));
  });

  it('holds names of every kind: blanks, quotes, `__proto__`, other scripts', () => {
    const names = [
      'a b.ts',
      '"x".ts',
      '__proto__',
      'constructor',
      'größe.ts',
      'файл.ts',
      '日本/語.ts',
      '%41.ts',
      "l'été/x.ts",
    ];
    const data = {
      ...small,
      files: new Map(names.toSorted().map((name) => [name, [[1, 1, 'hit']] as const])),
    };
    const read = readCoverageData(bytes(data));
    expect('refused' in read ? read : [...read.files.keys()].toSorted()).toEqual(names.toSorted());
  });

  it('writes the blanks of a path that names no tracked file as escapes, since a reader takes none', () => {
    const data = {
      ...small,
      unmapped: [{ ...small.unmapped[0], reportPath: 'C:\\My Files\nx.js' }],
    } as CoverageData;
    expect(readCoverageData(bytes(data))).toMatchObject({
      unmapped: [{ reportPath: 'C:\\My%20Files%0Ax.js' }],
    });
  });

  it('that would take more than 32 MB is not written, and says what to do', () => {
    const folder = 'x'.repeat(4000);
    const files = new Map(
      Array.from(
        { length: 8500 },
        (_, index) => [`${folder}${index}/a.ts`, [[1, 1, 'hit']] as const] as const,
      ),
    );
    expect(writeCoverageData({ ...small, files })).toEqual({
      unavailable: expect.stringMatching(
        /^the line status of 8500 files takes \d+ MB as data, more than the 32 MB that are read; name fewer reports with the `coverage` input, or split the job$/,
      ),
    });
  });

  it('any other JSON is refused with a sentence and never thrown at', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readCoverageData(new TextEncoder().encode(text))).toEqual({ refused: expect.any(String) });
      }),
    );
  });

  it('with any one field replaced is refused or still data, and quotes nothing of what it holds', () => {
    const fields = Object.keys(JSON.parse(String(writeCoverageData(small))) as object);
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
        const forged = { ...(JSON.parse(String(writeCoverageData(small))) as object), [field]: value };
        const read = readCoverageData(new TextEncoder().encode(JSON.stringify(forged)));
        if ('refused' in read && typeof value === 'string' && value.length > 12)
          expect(read.refused).not.toContain(value);
      }),
      { numRuns: 500 },
    );
  });

  it('any bytes are refused with a sentence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (some) => {
        expect(readCoverageData(some)).toEqual({ refused: expect.any(String) });
      }),
    );
  });
});
