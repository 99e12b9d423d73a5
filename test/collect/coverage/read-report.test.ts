import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReport } from '../../../src/collect/coverage/read-report.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-report-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a report file', () => {
  // Over two mebibytes, most of them checksums: three pieces, with a line at each of their edges.
  const checksum = 'c'.repeat(250);
  const lines = Array.from({ length: 98 }, (_, n) => `DA:${n + 1},${n % 3},${checksum}\n`).join('');
  const large = Array.from({ length: 100 }, (_, n) => `SF:src/${n}.ts\n${lines}end_of_record\n`).join('');

  it('of several pieces reads as its bytes at once do', async () => {
    const report = await readReport(written('large.info', large));
    if ('unavailable' in report) throw new Error(report.unavailable);
    expect(report.files.length).toBe(100);
    expect(report).toEqual(await readReport(new TextEncoder().encode(large)));
  });

  it('that turns wrong in a later piece is refused with its line, and can be read again afterwards', async () => {
    const path = written('wrong.info', `${large}hello\n`);
    expect(await readReport(path, 'wrong.info')).toEqual({
      unavailable: '`wrong.info`: line 10001: `hello` is no lcov record',
      isOtherContent: false,
    });
    writeFileSync(path, 'SF:a\nDA:1,1\nend_of_record\n');
    expect(await readReport(path)).toMatchObject({ format: 'lcov' });
  });

  it.each([
    ['nothing.info', undefined, '`it` does not exist'],
    ['empty.info', '', '`it` is not read: it is empty'],
    ['other.info', 'hello', '`it` is not read: its content is no known report format'],
  ])('%s says what is wrong with it', async (name, content, sentence) => {
    const path = content === undefined ? join(folder, name) : written(name, content);
    expect(await readReport(path, 'it')).toMatchObject({ unavailable: sentence });
  });

  it('that is a folder is none', async () => {
    mkdirSync(join(folder, 'coverage.xml'));
    expect(await readReport(join(folder, 'coverage.xml'), 'it')).toMatchObject({
      unavailable: '`it` is a folder',
    });
  });
});
