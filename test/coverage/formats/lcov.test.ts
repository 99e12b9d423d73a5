import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LcovReader } from '../../../src/coverage/formats/lcov.ts';
import { mergeCoverage } from '../../../src/coverage/formats/merge-coverage.ts';
import { reportTotals } from '../../../src/coverage/measure/report-totals.ts';
import { statusRuns } from '../../../src/coverage/measure/status-runs.ts';

function read(text: string, chunkSize = Number.POSITIVE_INFINITY) {
  const reader = new LcovReader();
  const bytes = new TextEncoder().encode(text);
  if (chunkSize > bytes.length) reader.push(bytes);
  else for (let at = 0; at < bytes.length; at += chunkSize) reader.push(bytes.slice(at, at + chunkSize));
  return reader.finish();
}

function runs(text: string) {
  return read(text).files.map((file) => [file.path, statusRuns(file)]);
}

describe('an lcov report', () => {
  it('gives each line its status: hit, miss, and partial when a branch did not run', () => {
    expect(
      runs('TN:\nSF:src/a.ts\nDA:1,3\nDA:2,0\nDA:4,1\nBRDA:4,0,0,1\nBRDA:4,0,1,0\nend_of_record\n'),
    ).toEqual([
      [
        'src/a.ts',
        [
          [1, 1, 'hit'],
          [2, 1, 'miss'],
          [4, 1, 'partial'],
        ],
      ],
    ]);
  });

  it('counts lines, branches and functions apart, never from its own summary', () => {
    const text =
      'SF:a\nFN:1,one\nFN:5,two\nFNDA:2,one\nFNDA:0,two\nFNF:9\nFNH:9\nBRDA:1,0,0,-\nBRDA:1,0,1,4\nDA:1,2\nDA:5,0\nLF:52\nLH:52\nend_of_record\n';
    expect(reportTotals(read(text).files)).toEqual({
      lines: { covered: 1, total: 2 },
      branches: { covered: 1, total: 2 },
      functions: { covered: 1, total: 2 },
    });
  });

  it('takes a branch that ran as proof that its line ran', () => {
    expect(runs('SF:a\nDA:7,0\nBRDA:7,0,0,3\nend_of_record\n')).toEqual([['a', [[7, 1, 'hit']]]]);
  });

  it('does not make a line out of a branch or a function', () => {
    expect(reportTotals(read('SF:a\nFN:3,f\nBRDA:9,0,0,1\nDA:1,1\nend_of_record\n').files).lines).toEqual({
      covered: 1,
      total: 1,
    });
  });

  it('counts aliases of one function (FNL, FNA) once', () => {
    const text =
      'SF:a\nFNL:0,10,20\nFNA:0,0,f<int>\nFNA:0,7,f<long>\nFNL:1,30\nFNA:1,0,g\nDA:10,7\nend_of_record\n';
    expect(reportTotals(read(text).files).functions).toEqual({ covered: 1, total: 2 });
  });

  it('reads FN with a last line and names with commas', () => {
    const text = 'SF:a\nFN:1,5,std::map<a, b>::f()\nFNDA:1,std::map<a, b>::f()\nDA:1,1\nend_of_record\n';
    expect(reportTotals(read(text).files).functions).toEqual({ covered: 1, total: 1 });
  });

  it('counts functions of one name apart, the first count for the first of them', () => {
    // As nyc writes two classes with a method `get` each, and a getter pair in one line.
    const text =
      'SF:a\nFN:3,get\nFN:9,get\nFN:20,size\nFN:20,size\nFNF:4\nFNH:2\nFNDA:0,get\nFNDA:5,get\nFNDA:1,size\nFNDA:0,size\nDA:3,0\nend_of_record\n';
    const report = read(text);
    expect(reportTotals(report.files).functions).toEqual({ covered: 2, total: 4 });
    const other = read(text.replace('FNDA:0,get', 'FNDA:1,get'));
    const [a, b] = [...report.files, ...other.files];
    if (a === undefined || b === undefined) throw new Error('a report is empty');
    expect(reportTotals([mergeCoverage(a, b)]).functions).toEqual({ covered: 3, total: 4 });
    expect(reportTotals([mergeCoverage(a, a)]).functions).toEqual({ covered: 2, total: 4 });
  });

  it('takes a function without a count for one that did not run, as SpiderMonkey writes them', () => {
    const text =
      'SF:a\nFN:1,top-level\nFN:13,top-level\nFN:66,whenLoaded\nFNDA:1,top-level\nFNF:3\nFNH:1\nDA:66,1\nend_of_record\n';
    expect(reportTotals(read(text).files).functions).toEqual({ covered: 1, total: 3 });
  });

  it('counts instances of one generic Rust function once, as llvm-cov does, and those of C++ apart, as lcov 1 does', () => {
    const of = (names: readonly string[]) =>
      `SF:a\n${names.map((name) => `FN:7,${name}\n`).join('')}FN:9,${names[0]}x\n${names.map((name, n) => `FNDA:${n},${name}\n`).join('')}DA:7,1\nend_of_record\n`;
    const functions = (names: readonly string[]) => reportTotals(read(of(names)).files).functions;
    expect(functions(['_RINvNtCs1_4mulh', '_RINvNtCs1_4mulj'])).toEqual({ covered: 1, total: 2 });
    expect(functions(['_ZN3mul17h0123456789abcdefE', '_ZN3mul17hfedcba9876543210E'])).toEqual({
      covered: 1,
      total: 2,
    });
    expect(functions(['_ZN3mulIhEEv', '_ZN3mulIjEEv'])).toEqual({ covered: 1, total: 3 });
  });

  it('counts a function once whose counts stand in several records', () => {
    const text = 'SF:a\nFN:1,f\nFNDA:0,f\nFNDA:2,f\nFNDA:0,f\nFNDA:1,g\nDA:1,1\nend_of_record\n';
    expect(reportTotals(read(text).files).functions).toEqual({ covered: 2, total: 2 });
  });

  it('reads a checksum, an exponent, a wrapped and a negative count', () => {
    const report = read(
      'SF:a\nDA:1,0,Zm9v\nDA:2,1.2e+9\nDA:3,18446744073709551615\nDA:4,-3\nDA:5,0e0\nDA:6,-0\nend_of_record\n',
    );
    expect(report.files.map(statusRuns)).toEqual([
      [
        [1, 1, 'miss'],
        [2, 3, 'hit'],
        [5, 2, 'miss'],
      ],
    ]);
    expect(report.remarks).toEqual(['1 negative count read as run']);
  });

  it('reads a byte order mark, CRLF, comments, blank lines and a closing EOF', () => {
    const text =
      '\ufeffTN:unit\r\nSF:a b.ts\r\n# comment\r\n\r\nDA:1,1\r\nBRDA:1,0,0,-\r\nend_of_record\r\nEOF\r\n';
    expect(runs(text)).toEqual([['a b.ts', [[1, 1, 'partial']]]]);
  });

  it('merges records of one file over test names, and lines in any order', () => {
    const text =
      'TN:a\nSF:x\nDA:2,0\nDA:1,1\nend_of_record\nTN:b\nSF:x\nDA:1,0\nDA:2,4\nDA:9,0\nend_of_record\n';
    expect(runs(text)).toEqual([
      [
        'x',
        [
          [1, 2, 'hit'],
          [9, 1, 'miss'],
        ],
      ],
    ]);
  });

  it('tells branches with words for ids apart', () => {
    const text = 'SF:a\nDA:1,1\nBRDA:1,e0,a < b,1\nBRDA:1,e0,"a, b",-\nend_of_record\n';
    expect(reportTotals(read(text).files).branches).toEqual({ covered: 1, total: 2 });
  });

  it('leaves entries for line 0 out and says so', () => {
    expect(read('SF:a\nDA:0,1\nDA:1,1\nend_of_record\n').remarks).toEqual(['1 entry for line 0 left out']);
  });

  it('accepts a record that the next one ends', () => {
    const report = read('SF:a\nDA:1,1\nSF:b\nDA:1,0\nend_of_record\n');
    expect(report.files.map(({ path }) => path)).toEqual(['a', 'b']);
    expect(report.remarks).toEqual(['1 record without end_of_record']);
    expect(report.cutOff).toBeUndefined();
  });

  it('accepts a last record without end when its line summary is there', () => {
    expect(read('SF:a\nDA:1,1\nLF:1\nLH:1\n').cutOff).toBeUndefined();
  });

  it('says that a report without the end of its last record is cut off', () => {
    expect(read('SF:a\nDA:1,1\nend_of_record\nSF:b\nDA:1,1\n').cutOff).toBe(
      'the report is cut off: the record of `b` (line 4) has no end',
    );
    expect(read('SF:a\nDA:1,1\nend_of_record\nSF:b\nDA:1').cutOff).toBe('the report is cut off in line 5');
  });

  it.each([
    ['DA:x,1', 'line 2: `DA:x,1` is no lcov record'],
    ['DA:1', 'line 2: `DA:1` is no lcov record'],
    ['DA:1,', 'line 2: `DA:1,` is no lcov record'],
    ['DA:1,many', 'line 2: `DA:1,many` is no lcov record'],
    ['DA:1,1 1', 'line 2: `DA:1,1 1` is no lcov record'],
    ['DA:-1,1', 'line 2: `DA:-1,1` is no lcov record'],
    ['DA:99999999999,1', 'line 2: `DA:99999999999,1` is no lcov record'],
    ['BRDA:1,0,1', 'line 2: `BRDA:1,0,1` is no lcov record'],
    ['BRDA:1', 'line 2: `BRDA:1` is no lcov record'],
    ['FNDA:a,b', 'line 2: `FNDA:a,b` is no lcov record'],
    ['FNA:4,1,f', 'line 2: `FNA:4,1,f` is no lcov record'],
    ['hello', 'line 2: `hello` is no lcov record'],
    ['SF:', 'line 2: an SF record names no file'],
  ])('refuses %s with its line', (record, sentence) => {
    expect(() => read(`SF:a\n${record}\nDA:7,1\nend_of_record\n`)).toThrow(sentence);
  });

  it('refuses a count before any file, and a report without files', () => {
    expect(() => read('DA:1,1\n')).toThrow('line 1: a DA record stands before any SF record');
    expect(() => read('TN:\n')).toThrow('it has no record of a file (no SF line)');
  });

  it('refuses a line without end instead of keeping it', () => {
    const reader = new LcovReader();
    const chunk = new Uint8Array(1 << 19).fill(65);
    expect(() => {
      for (let pushed = 0; pushed < 8; pushed += 1) reader.push(chunk);
    }).toThrow('a line is longer than 1 MiB');
  });

  it('passes over records it does not know, one that begins like a branch among them', () => {
    expect(runs('SF:a\nDA:1,1\nBRDX:9,9\nDATE:5\nVER:2\nend_of_record\n')).toEqual([['a', [[1, 1, 'hit']]]]);
  });

  it('reads a file with more lines, branches and functions than one piece of memory holds', () => {
    const text = Array.from(
      { length: 72_000 },
      (_, n) => `DA:${n + 1},${n % 2}\nBRDA:${n + 1},0,0,${n % 3}\nFN:${n},f${n}\nFNDA:${n % 4},f${n}\n`,
    ).join('');
    const { files } = read(`SF:small\nDA:7,1\nend_of_record\nSF:large\n${text}end_of_record\n`, 1 << 18);
    expect(reportTotals(files.slice(0, 1))).toEqual({ lines: { covered: 1, total: 1 } });
    expect(reportTotals(files.slice(1))).toEqual({
      // Of six lines one has neither a count nor a branch that ran.
      lines: { covered: 60_000, total: 72_000 },
      branches: { covered: 48_000, total: 72_000 },
      functions: { covered: 54_000, total: 72_000 },
    });
  });

  it('reads every form of a record as the plain form of the same number, in any order', () => {
    const line = fc.integer({ min: 1, max: 40 });
    const count = fc.nat(3);
    const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\n\n', '\n# note\n');
    const record = fc.oneof(
      fc
        .tuple(
          line,
          count,
          fc.constantFrom('', '', ',Zm9v', ',a,b'),
          fc.constantFrom('', '', '0', '.0', 'e2'),
        )
        .map(([at, n, checksum, form]) => ({
          plain: `DA:${at},${n}\n`,
          // "00" is 0, and so is "0.0" and "0e2".
          odd: `DA:${at},${form === '0' ? `0${n}` : `${n}${form}`}${checksum}`,
        })),
      fc
        .tuple(line, fc.nat(2), fc.nat(2), fc.constantFrom('-', '0', '1', '12'), fc.boolean())
        .map(([at, block, branch, taken, isLong]) => ({
          plain: `BRDA:${at},${block},${branch},${taken}\n`,
          odd: `BRDA:${isLong ? '0' : ''}${at},${block},${branch},${isLong && taken !== '-' ? `+${taken}` : taken}`,
        })),
      fc.tuple(fc.constantFrom('f', 'g, h', 'ä'), count, line).map(([name, n, last]) => ({
        plain: `FN:${last},${name}\nFNDA:${n},${name}\n`,
        odd: `FN:${last},${last + 1},${name}\nFNDA:${n}.0,${name}`,
      })),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(record, fc.boolean(), lineEnd), { maxLength: 40 }),
        fc.integer({ min: 1, max: 60 }),
        (records, chunkSize) => {
          const written = records
            .map(([{ plain, odd }, isOdd, end]) => (isOdd ? `${odd}${end}` : plain))
            .join('');
          const plain = records.map(([record]) => record.plain).join('');
          expect(read(`SF:a\n${written}end_of_record\n`, chunkSize).files).toEqual(
            read(`SF:a\n${plain}end_of_record\n`).files,
          );
        },
      ),
    );
  });

  it('reads the same whatever the size of the chunks', () => {
    const text =
      '\ufeffTN:\r\nSF:src/\u00e4.ts\r\nFN:1,f\r\nFNDA:1,f\r\nDA:1,1\r\nDA:2,0,abc\r\nBRDA:1,0,1,-\r\nend_of_record\r\n';
    const whole = read(text);
    for (let size = 1; size < 24; size += 1) expect(read(text, size)).toEqual(whole);
  });

  it('gives back what was written, and ends in a sentence for every cut and every flipped byte', () => {
    const record = fc.record({
      path: fc.stringMatching(/^[a-z]{1,8}\.ts$/),
      lines: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.nat(3)), {
        selector: ([line]) => line,
      }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(record, { minLength: 1, selector: ({ path }) => path }),
        fc.nat(),
        fc.nat(255),
        (records, at, byte) => {
          const text = records
            .map(
              ({ path, lines }) =>
                `SF:${path}\n${lines.map(([l, n]) => `DA:${l},${n}\n`).join('')}end_of_record\n`,
            )
            .join('');
          const known = new Map(records.map(({ path, lines }) => [path, new Map(lines)]));
          for (const file of read(text).files) {
            const written = known.get(file.path);
            expect(file.lines.length).toBe(written?.size);
            for (const packed of file.lines)
              expect(packed & 1).toBe((written?.get(packed >>> 1) ?? 0) > 0 ? 1 : 0);
          }
          const bytes = new TextEncoder().encode(text);
          bytes[at % bytes.length] = byte;
          for (const damaged of [bytes, bytes.slice(0, at % bytes.length)]) {
            const reader = new LcovReader();
            try {
              reader.push(damaged);
              reader.finish();
            } catch (error) {
              expect((error as Error).name).toBe('MalformedReport');
            }
          }
        },
      ),
    );
  });
});
