import { describe, expect, it } from 'vitest';
import { globPattern } from '../../../src/core/glob-pattern.ts';
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
    ).toEqual({ kind: 'workspace', names: ['packages/a', 'packages/b', 'packages/old', 'scripts'] });
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

  it('are folders for what lies outside of a division that was found', () => {
    const measured = [
      'cmd/server/main.go',
      'cmd/worker/main.go',
      'billing/a.go',
      'api/client/b.go',
      'main.go',
    ];
    const modules = findModules({ tracked: ['go.mod', 'api/client/go.mod'], workspaces: [], measured });
    expect(measured.map((path) => [modules.nameOf(path), modules.kindOf(path)])).toEqual([
      ['cmd/server', 'folder'],
      ['cmd/worker', 'folder'],
      ['billing', 'folder'],
      ['api/client', 'go module'],
      ['', 'folder'],
    ]);
  });

  it('are the folders in a container, whether or not everything measured lies in it', () => {
    const names = ['src/orders/a.ts', 'src/mail/b.ts', 'src/main.ts'];
    expect(named({ measured: names }).names).toEqual(['src/orders', 'src/mail', '']);
    expect(named({ measured: [...names, 'scripts/c.ts'] }).names).toEqual([
      'src/orders',
      'src/mail',
      'src',
      'scripts',
    ]);
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

  it('are matched as their globs say, whatever their longest stretch without a wildcard is', () => {
    const globs = [
      'src/**',
      '**/b/**',
      'src/{a,b}/c*',
      './lib/?.ts',
      '{x,y}/**',
      'a/**/z',
      '**',
      'src/a',
      '*.ts',
    ];
    const paths = [
      'src/x',
      'b/c',
      'a/b/c',
      'src/a/cart',
      'src/b/cat.ts',
      'lib/d.ts',
      'y/z',
      'a/z',
      'a/q/r/z',
      'src/a',
      'e.ts',
      '',
    ];
    for (const glob of globs)
      for (const path of paths) {
        const modules = findModules({
          tracked: [],
          workspaces: [],
          measured: [],
          configured: { it: [glob] },
        });
        expect([glob, path, modules.nameOf(path)]).toEqual([
          glob,
          path,
          globPattern(glob).test(path) ? 'it' : '',
        ]);
      }
  });

  it('are found in a moment for 500 areas and 6,000 files', () => {
    const owners = Array.from({ length: 500 }, (_, index) => `/packages/area${index}/ @acme/team`).join('\n');
    const measured = Array.from(
      { length: 6_000 },
      (_, index) => `packages/area${index % 600}/src/file${index}.ts`,
    );
    const started = performance.now();
    const modules = findModules({ tracked: measured, workspaces: [], measured, owners });
    expect(new Set(measured.map((path) => modules.nameOf(path))).size).toBe(600);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('are found in no time when a pattern has a hundred stars', () => {
    const stars = `${'a*'.repeat(100)}b`;
    expect(
      named({ measured: [`${'a'.repeat(200)}/x.ts`, 'y.ts'], workspaces: [stars], owners: `/${stars}/ @x` })
        .kind,
    ).toBe('folder');
  });
});
