import { describe, expect, it } from 'vitest';
import { explain } from '../../src/entry/command-line/explain.ts';
import { fileTroubleInWords } from '../../src/entry/command-line/file-trouble-in-words.ts';
import { init } from '../../src/entry/command-line/init.ts';
import { listRules } from '../../src/entry/command-line/rules.ts';

describe('what a command does not know is said, and nothing is done', () => {
  it.each([
    [() => listRules(['--format', 'xml']), '--format is "xml"; it can be text, json.'],
    [() => listRules(['migrations']), 'rules takes no "migrations". See `review-vitals rules --help`.'],
    [() => init(['here']), 'init takes no "here". See `review-vitals init --help`.'],
    [() => init(['--here']), "Unknown option '--here'. See `review-vitals init --help`."],
    [() => init(['--repo']), "Option '--repo <value>' argument missing. See `review-vitals init --help`."],
    [() => explain([]), 'Which rule? `review-vitals rules` lists them.'],
    [() => explain(['a', 'b']), 'explain takes no "b". See `review-vitals explain --help`.'],
    [() => explain(['a']), 'There is no rule "a". `review-vitals rules` lists them.'],
    [
      () => explain(['blocking-indx']),
      'There is no rule "blocking-indx"; blocking-index is one. `review-vitals rules` lists them.',
    ],
    [
      () => explain(['migratons/blocking-index']),
      'There is no rule "migratons/blocking-index"; migrations/blocking-index is one. `review-vitals rules` lists them.',
    ],
  ])('%s', async (run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
});

it.each([
  ["ENOENT: no such file or directory, stat 'a.json'", 'a.json does not exist.'],
  ["Not saved: EACCES: permission denied, open '/x/a'", 'Not saved: /x/a may not be opened.'],
  [
    'a holds nothing: EISDIR: illegal operation on a directory, read',
    'a holds nothing: EISDIR: illegal operation on a directory, read.',
  ],
  ['Which rule?', 'Which rule?'],
  ['Is git installed?.', 'Is git installed?'],
])('what the system says, %j, is told as %j', (message, words) => {
  expect(fileTroubleInWords(message)).toBe(words);
});

it('a rule is explained in lines that a terminal holds, under the words that name them', async () => {
  const { output } = await explain(['undocumented-migration']);
  const lines = output.split('\n');
  expect(lines.filter((line) => line.length > 110 && !line.includes('http'))).toEqual([]);
  expect(lines[3]).toMatch(/^Triggered when {2}No sentence /);
  expect(lines[4]).toMatch(/^ {16}\S/);
  expect(output).toContain('Threshold       smallChange = 1 file: Up to so many ');
});
