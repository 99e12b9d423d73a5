import { marked } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository, type GitFile, type GitRepository } from '../support/git-repository.ts';
import { hostileNames } from './names.ts';
import { obeyedCommands } from './obeyed-commands.ts';
import { type PrintedReport, printedReport, runSafely, type SafeRun } from './run-safely.ts';
import { expectUntouched, setTraps, type Traps } from './traps.ts';

/** One repository with all names, judged once in each format. */
let repository: GitRepository;
let traps: Traps;
let report: PrintedReport;
let text: SafeRun;
let markdown: SafeRun;
let annotated: SafeRun;

beforeAll(async () => {
  repository = createGitRepository();
  traps = setTraps();
  repository.commit({ 'README.md': '# Shop\n' });
  repository.branch('change', 'main');
  const files = hostileNames.map(
    ({ path }, index) => [path, `CREATE INDEX i${index} ON t${index} (x);\n`] as readonly [string, GitFile],
  );
  repository.commit(
    [
      ...files,
      ['db/migrations/link.sql', { link: traps.secretFile }],
      ['db/migrations/climbing.sql', { link: '../../../../../../../../etc/passwd' }],
      ['db/migrations/submodule.sql', { submodule: '1'.repeat(40) }],
      [
        '.gitmodules',
        `[submodule "x"]\n\tpath = db/migrations/submodule.sql\n\turl = ext::sh -c "${traps.trip('submodule')}"\n`,
      ],
      [
        'db/migrations/large.sql',
        `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12\n`,
      ],
    ],
    { branch: 'change' },
  );
  const check = (format: string) =>
    runSafely(
      ['check', '--repo', repository.folder, '--base', 'main', '--head', 'change', '--format', format],
      {
        ...(format === 'github' && { printsCommands: true }),
      },
    );
  report = printedReport(await check('json'));
  text = await check('text');
  markdown = await check('markdown');
  annotated = await check('github');
});

afterAll(() => {
  repository.remove();
  traps.remove();
});

describe('a path with', () => {
  it.each(hostileNames.map((name, index) => ({ ...name, index })))(
    '$title is judged, and shown so that nobody obeys it',
    ({ path, asText, shown, index }) => {
      const name = asText ?? String(path);
      const found = report.findings.find(
        ({ rule, about }) => rule === 'migrations/blocking-index' && about.table === `t${index}`,
      );
      expect(found?.place).toEqual({ path: name, line: 1 });
      expect(text.stdout).toContain(`warning  ${shown ?? name}:1   migrations/blocking-index\n`);
    },
  );
});

describe('all paths together', () => {
  it('none is left out', () => {
    expect(report.migrations).toBe(hostileNames.length + 1);
    expect(report.changedFiles).toBe(hostileNames.length + 5);
  });

  it('a link out of the tree is no migration, and is said', () => {
    expect(report.remarks).toContain(
      '`db/migrations/link.sql` is a symbolic link and was not read as a migration',
    );
  });

  it('a link that climbs out of the tree is no migration, and is said', () => {
    expect(report.remarks).toContain(
      '`db/migrations/climbing.sql` is a symbolic link and was not read as a migration',
    );
  });

  it('a submodule that would start a program is no migration, and is said', () => {
    expect(report.remarks).toContain(
      '`db/migrations/submodule.sql` is a submodule and was not read as a migration',
    );
    expect(traps.wasTripped('submodule')).toBe(false);
  });

  it('a pointer to a file kept elsewhere cannot be read as SQL, and is said', () => {
    expect(report.remarks.join('\n')).toContain('`db/migrations/large.sql:1` was not analysed: ');
  });

  it('Markdown holds no element, image or link of a path', () => {
    const html = marked.parse(markdown.stdout, { async: false });
    expect(html).not.toMatch(/<(?:img|script|b)\b/);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toSatisfy((links: string[]) =>
      links.every((to) =>
        to.startsWith('https://github.com/review-vitals/review-vitals/blob/main/docs/rules/'),
      ),
    );
    expect(html.replace(/<code>.*?<\/code>/gs, '')).not.toMatch(/@acme|fixes #1/);
  });

  it('annotations are the account and one command for each finding, and nothing else', () => {
    const [account, ...obeyed] = obeyedCommands(annotated.stdout).map(({ name }) => name);
    expect(account).toBe('notice');
    expect(obeyed).toHaveLength(report.findings.length);
    expect(new Set(obeyed)).toEqual(new Set(['warning']));
  });

  it('nothing outside the repository was read, written or run', () => expectUntouched(traps));
});
