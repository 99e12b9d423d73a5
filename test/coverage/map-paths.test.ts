import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapPaths, type ReportPaths } from '../../src/coverage/map-paths.ts';
import { trackedPaths } from '../../src/coverage/tracked-paths.ts';

function map(paths: readonly string[], tracked: readonly string[], more: Partial<ReportPaths> = {}) {
  const { mapped, unmapped } = mapPaths(
    { paths, sources: [], folder: 'coverage', workspace: '/home/ci/shop', ...more },
    trackedPaths(tracked),
  );
  return {
    ...Object.fromEntries(mapped),
    ...Object.fromEntries(unmapped.map(({ reportPath, why }) => [reportPath, why])),
  };
}

const missing = 'no tracked file matches';
const several = 'several tracked files match';

describe('a report path', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['./src/a.ts', 'src/a.ts'],
    ['src/x/../a.ts', 'src/a.ts'],
    ['/home/ci/shop/src/a.ts', 'src/a.ts'],
    ['file:///home/ci/shop/src/a.ts', 'src/a.ts'],
    ['src\\a.ts', 'src/a.ts'],
    ['/_/src/a.ts', 'src/a.ts'],
    ['src/a%20b/%C3%A4.ts', 'src/a b/\u00e4.ts'],
    ['file:///home/ci/shop/src/a%20b/%C3%A4.ts', 'src/a b/\u00e4.ts'],
    ['"src/a b/\\303\\244.ts"', 'src/a b/\u00e4.ts'],
    ['src/100%.ts', 'src/100%.ts'],
  ])('%s is found as %s', (text, path) => {
    expect(map([text], ['src/a.ts', 'src/a b/\u00e4.ts', 'src/100%.ts'])).toEqual({ [text]: path });
  });

  it('of a Windows machine loses its drive and its checkout folder', () => {
    expect(
      map(['D:\\a\\shop\\shop\\src\\a.ts', 'D:\\a\\shop\\shop\\src\\b.ts'], ['src/a.ts', 'src/b.ts']),
    ).toEqual({
      'D:\\a\\shop\\shop\\src\\a.ts': 'src/a.ts',
      'D:\\a\\shop\\shop\\src\\b.ts': 'src/b.ts',
    });
  });

  it('with its raw spelling tracked wins over its unescaped one', () => {
    expect(map(['src/%41.ts'], ['src/%41.ts', 'src/A.ts'])).toEqual({ 'src/%41.ts': 'src/%41.ts' });
  });
});

describe('the prefix of a report', () => {
  const packages = [
    'packages/a/src/index.ts',
    'packages/a/src/one.ts',
    'packages/b/src/index.ts',
    'packages/b/src/two.ts',
  ];

  it('is the folder the report lies in, or one above, before the repository itself', () => {
    expect(map(['src/index.ts'], [...packages, 'src/index.ts'], { folder: 'packages/a/coverage' })).toEqual({
      'src/index.ts': 'packages/a/src/index.ts',
    });
    expect(map(['packages/b/src/index.ts'], packages, { folder: 'packages/a/coverage' })).toEqual({
      'packages/b/src/index.ts': 'packages/b/src/index.ts',
    });
  });

  it('is solved once, so that an ambiguous file follows the others', () => {
    expect(map(['/app/src/index.ts', '/app/src/two.ts'], packages)).toEqual({
      '/app/src/index.ts': 'packages/b/src/index.ts',
      '/app/src/two.ts': 'packages/b/src/two.ts',
    });
    expect(map(['src/index.ts', 'src/one.ts'], packages)).toEqual({
      'src/index.ts': 'packages/a/src/index.ts',
      'src/one.ts': 'packages/a/src/one.ts',
    });
  });

  it('that cannot be solved leaves the file open', () => {
    expect(map(['src/index.ts'], packages)).toEqual({ 'src/index.ts': several });
    expect(map(['/app/src/index.ts'], packages)).toEqual({ '/app/src/index.ts': several });
  });

  it('takes Cobertura sources, of this machine and of another', () => {
    expect(map(['index.ts'], packages, { sources: ['/home/ci/shop/packages/b/src'] })).toEqual({
      'index.ts': 'packages/b/src/index.ts',
    });
    expect(map(['index.ts'], packages, { sources: ['/build/7/packages/a/src'] })).toEqual({
      'index.ts': 'packages/a/src/index.ts',
    });
    expect(map(['index.ts'], packages, { sources: ['packages/b/src'], folder: '' })).toEqual({
      'index.ts': 'packages/b/src/index.ts',
    });
  });

  it('differs by module in an aggregated JaCoCo report', () => {
    const tracked = [
      'modules/core/src/main/java/com/x/A.java',
      'modules/core/src/main/java/com/x/Util.java',
      'modules/web/src/main/java/com/x/B.java',
      'modules/web/src/main/java/com/x/Util.java',
    ];
    expect(
      map(['core/com/x/A.java', 'core/com/x/Util.java', 'web/com/x/B.java', 'web/com/x/Util.java'], tracked),
    ).toEqual({
      'core/com/x/A.java': tracked[0],
      'core/com/x/Util.java': tracked[1],
      'web/com/x/B.java': tracked[2],
      'web/com/x/Util.java': tracked[3],
    });
  });

  it('does not choose between two modules that both explain the report', () => {
    const tracked = [
      'core/src/main/java/com/x/A.java',
      'core/src/main/java/com/x/B.java',
      'core/src/main/java/com/x/Util.java',
      'web/src/main/java/com/x/C.java',
      'web/src/main/java/com/x/D.java',
      'web/src/main/java/com/x/Util.java',
    ];
    expect(
      map(['com/x/A.java', 'com/x/B.java', 'com/x/C.java', 'com/x/D.java', 'com/x/Util.java'], tracked),
    ).toEqual({
      'com/x/A.java': tracked[0],
      'com/x/B.java': tracked[1],
      'com/x/C.java': tracked[3],
      'com/x/D.java': tracked[4],
      'com/x/Util.java': several,
    });
  });

  it('is the module path in a Go profile', () => {
    expect(
      map(['github.com/acme/shop/cmd/main.go', 'github.com/acme/shop/main.go'], ['cmd/main.go', 'main.go']),
    ).toEqual({
      'github.com/acme/shop/cmd/main.go': 'cmd/main.go',
      'github.com/acme/shop/main.go': 'main.go',
    });
  });
});

describe('what is left', () => {
  it('is matched by a unique ending of two segments, never of one', () => {
    const tracked = ['src/a.ts', 'lib/deep/b.ts', 'c.ts'];
    expect(map(['src/a.ts', '/other/deep/b.ts', '/other/c.ts', '/usr/x/a.ts'], tracked)).toEqual({
      'src/a.ts': 'src/a.ts',
      '/other/deep/b.ts': 'lib/deep/b.ts',
      '/other/c.ts': missing,
      '/usr/x/a.ts': missing,
    });
  });

  it('is compared by whole segments', () => {
    expect(map(['src/calculator.py'], ['src/test_calculator.py', 'xsrc/calculator.py'])).toEqual({
      'src/calculator.py': missing,
    });
  });

  it('that leads to a sibling of the package it was measured in is found there', () => {
    const tracked = ['packages/a/src/index.ts', 'packages/b/src/index.ts', 'src/index.ts'];
    expect(
      map(['src/index.ts', '../b/src/index.ts', '../../../x/src/index.ts'], tracked, {
        folder: 'packages/a/coverage',
      }),
    ).toEqual({
      'src/index.ts': 'packages/a/src/index.ts',
      '../b/src/index.ts': 'packages/b/src/index.ts',
      '../../../x/src/index.ts': missing,
    });
  });

  it('outside the repository stays outside', () => {
    expect(map(['../other/src/a.ts', '', '/'], ['src/a.ts', 'other/src/a.ts'])).toEqual({
      '../other/src/a.ts': missing,
      '': missing,
      '/': missing,
    });
  });

  it('and belongs to installed code is marked as such', () => {
    const { unmapped } = mapPaths(
      {
        paths: ['/usr/include/c++/13/vector', '/w/node_modules/x/index.js', '/w/gone.ts'],
        sources: [],
        folder: '',
        workspace: '/w',
      },
      trackedPaths(['src/a.ts']),
    );
    expect(unmapped.map(({ isThirdParty }) => isThirdParty)).toEqual([true, true, false]);
  });
});

describe('the mapping', () => {
  const segment = fc.constantFrom('a', 'b', 'src', 'lib', 'index.ts', 'x.ts');
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

  it('names tracked files only, accounts for every path, and ends in the file it names', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { maxLength: 8 }),
        fc.uniqueArray(path, { maxLength: 8 }),
        fc.boolean(),
        (paths, tracked, absolute) => {
          const given = paths.map((each) => (absolute ? `/else/where/${each}` : each));
          const { mapped, unmapped } = mapPaths(
            { paths: given, sources: [], folder: '', workspace: '/w' },
            trackedPaths(tracked),
          );
          expect(mapped.size + unmapped.length).toBe(given.length);
          for (const [from, to] of mapped) {
            expect(tracked).toContain(to);
            expect(from.slice(from.lastIndexOf('/') + 1)).toBe(to.slice(to.lastIndexOf('/') + 1));
          }
          if (!absolute)
            for (const each of paths)
              if (tracked.includes(each)) expect(mapped.has(each) || unmapped.length > 0).toBe(true);
        },
      ),
    );
  });

  it('of the tracked files themselves is the identity, wherever they were checked out', () => {
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), (tracked) => {
        expect(map(tracked, tracked)).toEqual(Object.fromEntries(tracked.map((each) => [each, each])));
        const elsewhere = map(
          tracked.map((each) => `/home/ci/shop/${each}`),
          tracked,
        );
        expect(elsewhere).toEqual(Object.fromEntries(tracked.map((each) => [`/home/ci/shop/${each}`, each])));
      }),
    );
  });

  it('of 20,000 files with the same names ends soon', () => {
    const tracked = Array.from({ length: 20_000 }, (_, n) => `p${n % 1000}/src/d${n % 37}/index${n % 20}.ts`);
    const started = process.cpuUsage();
    map(
      tracked.map((each) => `/ci/x/${each}`),
      tracked,
    );
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000);
  });
});
