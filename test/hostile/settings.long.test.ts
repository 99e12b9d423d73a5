import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository, type GitFile, type GitRepository } from '../support/git-repository.ts';
import { type PrintedReport, printedReport, runSafely } from './run-safely.ts';
import { hostileSettings } from './settings.ts';

const file = '.github/review-vitals.yml';
/** Long enough that a matcher that tries every way to cut it would not come back. */
const path = `db/migrations/${'a'.repeat(200)}.sql`;
const sql = 'CREATE INDEX i ON orders (x);\n';
let repository: GitRepository;

beforeAll(() => {
  repository = createGitRepository();
  for (const [place, { yaml }] of hostileSettings.entries()) {
    repository.commit({ [file]: yaml as GitFile }, { branch: `base${place}`, parents: [] });
    repository.commit({ [path]: sql }, { branch: `head${place}`, parents: [`base${place}`] });
  }
});

afterAll(() => repository.remove());

async function judged(base: string, head: string): Promise<PrintedReport> {
  return printedReport(
    await runSafely([
      'check',
      '--repo',
      repository.folder,
      '--base',
      base,
      '--head',
      head,
      '--format',
      'json',
    ]),
  );
}

function indexFindings(report: PrintedReport) {
  return report.findings.filter(({ rule }) => rule === 'migrations/blocking-index');
}

describe('settings on the base with', () => {
  it.each(hostileSettings.map((settings, place) => ({ ...settings, place })))(
    '$title are said to be wrong, and silence nothing',
    async ({ place, says }) => {
      const report = await judged(`base${place}`, `head${place}`);
      expect(indexFindings(report)).toHaveLength(1);
      if (says === undefined) expect(report.remarks).toEqual([]);
      else expect(report.remarks).toContain(says);
    },
  );
});

describe('settings that the change itself brings', () => {
  it.each([
    ['hold themselves', 'ignore: &a [*a]\n'],
    ['switch the rule off', 'rules: { migrations/blocking-index: off }\n'],
    ['ignore every path', "ignore: ['**']\n"],
    [
      'waive everything',
      'waivers: [{ rule: migrations/blocking-index, reason: trust me, until: 9999-12-31 }]\n',
    ],
  ])('that %s are judged beside, and are not in force', async (_, yaml) => {
    repository.commit({ 'README.md': '#\n' }, { branch: 'plain', parents: [] });
    repository.commit({ [path]: sql, [file]: yaml }, { branch: 'edit', parents: ['plain'] });
    const report = await judged('plain', 'edit');
    expect(indexFindings(report)).toHaveLength(1);
    expect(report.remarks.join('\n')).toMatch(
      /^the change edits the settings; with them this run would have \d+ findings?/m,
    );
  });
});
