import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { help } from '../../src/entry/command-line/help.ts';
import { runCli } from '../support/run-cli.ts';
import { acceptedOptions, acceptedWords, commandFiles } from './program.ts';

const commands = commandFiles();
const empty = mkdtempSync(join(tmpdir(), 'review-vitals-help-'));
afterAll(() => {
  expect(readdirSync(empty)).toEqual([]);
  rmSync(empty, { recursive: true });
});

describe('the help of the program', () => {
  it('names every command and no other', () => {
    const named = [...(help[''] ?? '').matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual([...commands.keys()].toSorted());
  });

  it('stands beside a help for each of them and nothing else', () => {
    expect(Object.keys(help).toSorted()).toEqual(['', ...commands.keys()].toSorted());
  });
});

describe.each([...commands])('the help of %s', (command, file) => {
  const text = help[command] ?? '';
  const named = [...new Set([...text.matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => name))];

  it('begins with its usage and ends with an example of it', () => {
    expect(text).toMatch(new RegExp(`^Usage: review-vitals ${command}\\b`));
    expect(text.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^Example: review-vitals ${command}\\b`));
  });

  it('names every option that the command accepts, and no other', () => {
    expect(named.toSorted()).toEqual([...acceptedOptions(file)].toSorted());
  });

  it('names every word that an option accepts', () => {
    for (const [option, words] of acceptedWords(file)) {
      const line = text
        .split('\n')
        .find((candidate) => candidate.includes(`--${option} `) || candidate.includes(`--${option}`));
      expect(words.filter((word) => !line?.includes(word))).toEqual([]);
    }
  });

  it('is what the built program prints', async () => {
    expect(await runCli([command, '--help'])).toEqual({ exitCode: 0, stdout: text, stderr: '' });
  });

  it('no option that it names is unknown to the built program', async () => {
    // The unknown one behind it keeps the command from doing anything at all: some commands write files.
    for (const option of named) {
      const { stderr, exitCode } = await runCli([command, `--${option}`, '--no-such-option'], { cwd: empty });
      expect(stderr).not.toContain(`Unknown option '--${option}'`);
      expect(exitCode).toBe(2);
    }
    const { stderr } = await runCli([command, '--no-such-option'], { cwd: empty });
    expect(stderr).toContain("Unknown option '--no-such-option'");
  });
});
