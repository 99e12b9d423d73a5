import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesAttributePattern } from '../../../src/review/measure/attribute-pattern.ts';
import { linguistAttributes } from '../../../src/review/measure/linguist-attributes.ts';

test.each([
  ['*.ts', 'src/a.ts', true],
  ['*.ts', 'a.tsx', false],
  ['a.ts', 'src/deep/a.ts', true],
  ['src/*.ts', 'src/a.ts', true],
  ['src/*.ts', 'src/deep/a.ts', false],
  ['/a.ts', 'a.ts', true],
  ['/a.ts', 'src/a.ts', false],
  ['src/**', 'src/deep/a.ts', true],
  ['src/**', 'src', false],
  ['**/gen/*.go', 'a/b/gen/x.go', true],
  ['**/gen/*.go', 'gen/x.go', true],
  ['src/**/x.go', 'src/x.go', true],
  ['src/**/x.go', 'src/a/b/x.go', true],
  ['src/', 'src/a.ts', false],
  ['src', 'src/a.ts', false],
  ['?.ts', 'a.ts', true],
  ['?.ts', 'ab.ts', false],
  ['[a-c].ts', 'b.ts', true],
  ['[!a-c].ts', 'b.ts', false],
  ['[', '[', true],
  ['\\*.ts', '*.ts', true],
  ['\\*.ts', 'a.ts', false],
  ['', 'a.ts', false],
])('the pattern "%s" matches "%s": %s', (pattern, path, matches) => {
  expect(matchesAttributePattern(pattern, path)).toBe(matches);
});

test('patterns match what git matches', () => {
  const folder = mkdtempSync(join(tmpdir(), 'review-vitals-attributes-'));
  try {
    execFileSync('git', ['init', '-q', folder]);
    const step = fc.constantFrom('a', 'b', 'ab', 'x.go', '*', '**', '?', '*.go', '[ab]', '[!a]', 'a*b');
    const pattern = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'x.go', 'aab'), { minLength: 1, maxLength: 4 })
      .map((steps) => steps.join('/'));
    const pairs = fc.sample(fc.tuple(pattern, path), { numRuns: 400, seed: 7 });
    const file = join(folder, '.gitattributes');
    // One process for all of them: each pattern sets an attribute of its own.
    writeFileSync(file, pairs.map(([p], n) => `${p} rule${n}\n`).join(''));
    const paths = [...new Set(pairs.map(([, p]) => p))];
    const told = execFileSync('git', ['-C', folder, 'check-attr', '--stdin', '-z', '-a'], {
      input: `${paths.join('\0')}\0`,
      encoding: 'utf8',
    }).split('\0');
    const set = new Set<string>();
    for (let i = 0; i + 2 < told.length; i += 3) set.add(`${told[i]} ${told[i + 1]}`);
    const wrong = pairs.filter(
      ([p, name], n) => matchesAttributePattern(p, name) !== set.has(`${name} rule${n}`),
    );
    expect(wrong).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a pattern made to take long takes no time', () => {
  const began = performance.now();
  expect(matchesAttributePattern(`${'*a'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
  expect(matchesAttributePattern(`${'**/a/'.repeat(300)}b`, 'a/'.repeat(2000).slice(0, -1))).toBe(false);
  expect(performance.now() - began).toBeLessThan(1000);
});

describe('what the attributes of the base say', () => {
  const of = (text: string, path = 'api/client.ts', folder = '') =>
    linguistAttributes([{ folder, text }], [path])[0]?.is;

  test.each([
    ['*.ts linguist-generated', 'generated'],
    ['*.ts linguist-generated=true', 'generated'],
    ['*.ts linguist-generated=false', 'code'],
    ['*.ts -linguist-generated', 'code'],
    ['*.ts linguist-vendored', 'vendored'],
    ['*.ts linguist-documentation', 'documentation'],
    ['*.ts -diff', 'generated'],
    ['*.ts binary', 'generated'],
    ['*.ts text eol=lf', undefined],
    ['*.go linguist-generated', undefined],
    ['# *.ts linguist-generated', undefined],
    ['!*.ts linguist-generated', undefined],
    ['[attr]generated linguist-generated', undefined],
    ['*.ts linguist-generated\n*.ts -linguist-generated', 'code'],
    ['*.ts linguist-generated\n*.ts !linguist-generated', undefined],
    ['*.ts linguist-generated\r\n', 'generated'],
    ['"api/client.ts" linguist-generated', 'generated'],
    ['api/** linguist-generated', 'generated'],
  ])('%j: %s', (text, is) => {
    expect(of(text)).toBe(is);
  });

  test('a file nearer to the path has the last word, and speaks of its own folder alone', () => {
    const files = [
      { folder: 'api', text: '*.ts -linguist-generated' },
      { folder: '', text: '*.ts linguist-generated' },
    ];
    expect(linguistAttributes(files, ['api/client.ts', 'web/app.ts', 'a.go'])).toEqual([
      { path: 'api/client.ts', is: 'code' },
      { path: 'web/app.ts', is: 'generated' },
    ]);
  });

  test('any text is read, and says nothing of paths it does not name', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'a',
            '*',
            '/',
            '[',
            ']',
            '\\',
            '"',
            ' ',
            '\n',
            '!',
            '-',
            '=',
            'linguist-generated',
          ),
          maxLength: 120,
        }),
        fc.string({ maxLength: 40 }),
        (text, path) => {
          for (const found of linguistAttributes([{ folder: '', text }], [path]))
            expect(found.path).toBe(path);
        },
      ),
    );
  });
});
