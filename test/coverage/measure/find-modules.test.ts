import { describe, expect, it } from 'vitest';
import { findModules, type ModuleSources } from '../../../src/coverage/measure/find-modules.ts';

function named(sources: Partial<ModuleSources>) {
  const measured = sources.measured ?? [];
  const modules = findModules({ tracked: measured, workspaces: [], ...sources, measured });
  return { kind: modules.kind, names: measured.map((path) => modules.nameOf(path)) };
}

describe('the modules of a repository', () => {
  it('are the packages of its workspace, without those that are taken out', () => {
    expect(
      named({
        tracked: [
          'package.json',
          'packages/a/package.json',
          'packages/b/package.json',
          'packages/old/package.json',
        ],
        measured: ['packages/a/src/x.ts', 'packages/b/y.ts', 'packages/old/z.ts', 'scripts/run.ts'],
        workspaces: ['packages/*', '!packages/old'],
      }),
    ).toEqual({ kind: 'workspace', names: ['packages/a', 'packages/b', '', ''] });
  });

  it('are the innermost Go modules and Maven modules', () => {
    expect(
      named({
        tracked: ['go.mod', 'tools/go.mod', 'tools/gen/go.mod', 'testdata/go.mod'],
        measured: ['main.go', 'tools/a.go', 'tools/gen/b.go'],
      }),
    ).toEqual({ kind: 'go module', names: ['', 'tools', 'tools/gen'] });
    expect(
      named({
        tracked: ['pom.xml', 'core/pom.xml', 'web/pom.xml'],
        measured: ['core/src/main/java/A.java', 'web/src/main/java/B.java'],
      }),
    ).toEqual({ kind: 'maven module', names: ['core', 'web'] });
  });

  it('are the areas of CODEOWNERS, the last one that matches, without anybody it names', () => {
    const owners = '# areas\n* @acme/all\n/src/ @acme/core\n/src/pay/ @ada\n*.sql @acme/db\ndocs @bob\n';
    expect(
      named({ measured: ['src/a.ts', 'src/pay/b.ts', 'src/docs/c.ts', 'lib/d.ts', 'src/e.sql'], owners }),
    ).toEqual({ kind: 'owned area', names: ['src', 'src/pay', 'docs', '', 'src'] });
  });

  it('are folders where nothing else divides the measured files', () => {
    expect(
      named({ measured: ['src/a/x.ts', 'src/b/deep/y.ts', 'src/main.ts'], owners: '* @acme/all' }),
    ).toEqual({
      kind: 'folder',
      names: ['src/a', 'src/b', ''],
    });
    expect(named({ measured: ['x.py'] })).toEqual({ kind: 'folder', names: [''] });
    expect(named({ measured: [] })).toEqual({ kind: 'folder', names: [] });
  });

  it('are what the settings say before anything else', () => {
    expect(
      named({
        tracked: ['packages/a/package.json'],
        workspaces: ['packages/*'],
        configured: { shop: ['packages/a/src/**'], other: ['lib/**'] },
        measured: ['packages/a/src/x.ts', 'packages/a/y.ts', 'lib/z.ts'],
      }),
    ).toEqual({ kind: 'configured', names: ['shop', '', 'other'] });
  });

  it('are found in no time when a pattern has a hundred stars', () => {
    const stars = `${'a*'.repeat(100)}b`;
    expect(
      named({ measured: [`${'a'.repeat(200)}/x.ts`, 'y.ts'], workspaces: [stars], owners: `/${stars}/ @x` })
        .kind,
    ).toBe('folder');
  });
});
