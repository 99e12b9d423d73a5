import { expect, test } from 'vitest';
import { collectSettings } from '../../src/collect/collect-settings.ts';
import type { JudgedRepository } from '../../src/collect/git/judged-repository.ts';
import { settingsReader } from '../../src/config/settings-reader.ts';
import { rules } from '../../src/rules.ts';

const reader = settingsReader(async () => rules);

/** Settings of a change in a repository with these files at its base and at its head, asked for without a client. */
function read(base: Readonly<Record<string, string>>, head = base) {
  const files: Readonly<Record<string, Readonly<Record<string, string>>>> = { base, head };
  const readFile = async (commit: string, path: string) => {
    const text = files[commit]?.[path];
    return text === undefined ? 'absent' : new TextEncoder().encode(text);
  };
  return collectSettings({ readFile } as unknown as JudgedRepository, { base: 'base', head: 'head' }, reader);
}

test('without a file nothing is set, and there is nothing to tell', async () => {
  expect(await read({})).toEqual({ settings: {}, from: [], problems: [] });
});

test('a file with the other ending is said not to be read, also beside the one that is', async () => {
  const said = '`.github/review-vitals.yaml` is not read; `.github/review-vitals.yml` is';
  const other = { '.github/review-vitals.yaml': 'comment: never\n' };
  expect(await read(other)).toEqual({ settings: {}, from: [], problems: [said] });
  expect(await read({}, other)).toMatchObject({ settings: {}, problems: [said] });
  expect(await read({ ...other, '.github/review-vitals.yml': 'comment: always\n' })).toMatchObject({
    settings: { comment: 'always' },
    problems: [said],
  });
});

test('a file that the change takes away, or gives the other ending, leaves no settings in the dry run', async () => {
  const base = { '.github/review-vitals.yml': 'comment: never\n' };
  const proposed = { settings: {}, problems: [], isRemoved: true };
  expect(await read(base, {})).toMatchObject({ settings: { comment: 'never' }, proposed });
  expect(await read(base, { '.github/review-vitals.yaml': 'comment: never\n' })).toMatchObject({ proposed });
  expect(await read(base)).not.toHaveProperty('proposed');
  expect(await read({})).not.toHaveProperty('proposed');
});

test.each(['../x', 'acme/..', './x', 'acme/.', 'acme/..:a.yml', '.../x', 'acme', 'acme/x/y', ''])(
  'extends %j names no repository',
  async (parent) => {
    expect(await read({ '.github/review-vitals.yml': `extends: "${parent}"\n` })).toMatchObject({
      problems: [
        `.github/review-vitals.yml: extends \`${parent || ' '}\` is not of the form owner/repo, owner/repo:path or owner/repo@ref`,
      ],
    });
  },
);

test.each(['acme/.github', 'acme/x', 'acme/x.y:a/b.yml', 'a.b/x@v1', 'acme/x:a.yml@main'])(
  'extends %j names one, which a run without a client does not read',
  async (parent) => {
    const { problems } = await read({ '.github/review-vitals.yml': `extends: "${parent}"\n` });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/ was not read: a local run reads only this repository$/);
  },
);
