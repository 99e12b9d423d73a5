import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessRationale } from '../../../src/migrations/rationale/assess-rationale.ts';
import { readableLength } from '../../../src/migrations/rationale/prose.ts';
import { subjectOfChange } from '../../../src/migrations/rationale/subject-of-change.ts';
import type { Sample } from './corpus.ts';
import { factsOfText } from './facts-of-text.ts';
import { operation } from './scenes.ts';

function judge(place: Sample['place'], text: string) {
  const { change, migrations, pullRequest } = factsOfText({ scene: 'drop-column', place, text });
  return assessRationale(change, migrations, pullRequest, 8);
}

/** Far above what any of them takes (about 20 ms), far below what a step of more than linear time would need. */
const mostMilliseconds = 250;

/** Processor time of the fastest of five runs, so that a busy machine does not decide. */
function milliseconds(work: () => void): number {
  return Math.min(
    ...[1, 2, 3, 4, 5].map(() => {
      const before = process.cpuUsage();
      work();
      return process.cpuUsage(before).user / 1000;
    }),
  );
}

const units: readonly string[] = [
  '<!--',
  '-->',
  '<!-- coderabbit -->',
  '<a',
  '[',
  '[](',
  '[a](b',
  '![x]',
  '```\n',
  '~~~\n',
  '# \n',
  '**a**\n',
  '. A',
  '.  ',
  '>',
  '> ',
  '- [ ] ',
  '* a\n\n',
  'a-',
  'a.',
  'aA',
  'A_',
  '__',
  'a/',
  '#1 ',
  'https://',
  'ABC-1 ',
  'Why: ',
  'Why:\n',
  'a: ',
  'because ',
  'concurrently ',
  'é',
  '列',
  '\n',
  '\t',
  ' ',
  '\0',
  '\u202e',
  '12 rows ',
  'Schema-Why: x\n',
  'SELECT 1;\n',
  'Copyright ',
  'AB-C-',
  'deadbeef ',
  'the model sets it so we drop it ',
  '列 ',
];

describe('a text of 65,536 hostile characters', () => {
  test.each(units)('%j over and over is judged at once', (unit) => {
    const text = unit.repeat(Math.ceil(readableLength / unit.length)).slice(0, readableLength);
    judge('body', text.slice(0, 2000));
    expect(milliseconds(() => judge('body', text))).toBeLessThan(mostMilliseconds);
  });

  test('65,536 characters of different words are judged at once', () => {
    let text = '';
    for (let at = 0; text.length < readableLength; at += 1)
      text += `word${at.toString(36)} because${at % 7 ? ' ' : '. '}`;
    expect(milliseconds(() => judge('body', text))).toBeLessThan(mostMilliseconds);
  });
});

test.each(["'", "''", '/*', '/*/', '--', "a'b ", '*', '/**'])(
  'a statement of %j over and over is taken apart at once',
  (unit) => {
    const sql = unit.repeat(200_000 / unit.length);
    const statement = operation('update', 'orders', sql);
    expect(milliseconds(() => subjectOfChange([statement], [], []))).toBeLessThan(mostMilliseconds);
  },
);

describe('any text', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      ...units,
      '## Why',
      '<!-- /coderabbit -->',
      'Rollback: restore the backup',
      'Reverts #12',
    ),
  );
  const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'));

  test('is judged without a crash, in every place, and twice the same', () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom<Sample['place']>('file', 'commit', 'body', 'record'),
        (words, place) => {
          expect(judge(place, words)).toEqual(judge(place, words));
        },
      ),
    );
  });

  test('inside a hidden comment is no reason', () => {
    fc.assert(
      fc.property(
        text.filter((words) => !words.includes('-->')),
        (words) => {
          expect(judge('body', `<!-- ${words} -->`).reading).toBe('none');
        },
      ),
    );
  });

  test('inside a fence is no reason', () => {
    fc.assert(
      fc.property(
        text.filter((words) => !/```|<!--/.test(words)),
        (words) => {
          expect(judge('body', `\`\`\`\n${words}\n\`\`\``).reading).toBe('none');
        },
      ),
    );
  });
});
