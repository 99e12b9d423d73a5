import { describe, expect, it } from 'vitest';
import { coverageExcludes, isExcludeFile } from '../../../../src/coverage/formats/tests/coverage-excludes.ts';

function seen(path: string, text: string) {
  return coverageExcludes(path, text).map(({ pattern, line }) => `${line} ${pattern}`);
}

describe('what settings take out of the coverage report', () => {
  it.each<[string, string, string[]]>([
    [
      'vitest.config.ts',
      "export default { test: { exclude: ['e2e/**'], coverage: { // exclude: ['x']\n exclude: ['src/gen/**',\n ...defaults, 'src/main.ts'], include: ['src/**'] } }, exclude: ['no'] };",
      ['2 src/gen/**', '3 src/main.ts'],
    ],
    [
      'packages/a/jest.config.js',
      "module.exports = { coveragePathIgnorePatterns: ['/fixtures/'], testPathIgnorePatterns: ['/e2e/'],\ncollectCoverageFrom: ['src/**', '!src/gen/**'] };",
      ['1 /fixtures/', '2 src/gen/**'],
    ],
    [
      'package.json',
      '{ "exclude": ["no"], "nyc": { "exclude": ["lib/a.js"] }, "jest": { "coveragePathIgnorePatterns": ["b"] } }',
      ['1 lib/a.js', '1 b'],
    ],
    ['.nycrc', '{ "exclude": ["a/**"], "include": ["b"] }', ['1 a/**']],
    [
      '.coveragerc',
      '[run]\nsource = app\nomit =\n    app/gen/*  # generated\n    app/cli.py\n\n[report]\nomit = a.py, b.py\nexclude_lines =\n    pragma: no cover  # always\n    if TYPE_CHECKING:\nskip_empty = true\n',
      ['4 app/gen/*', '5 app/cli.py', '8 a.py', '8 b.py', '10 pragma: no cover', '11 if TYPE_CHECKING:'],
    ],
    [
      'pyproject.toml',
      '[tool.black]\nomit = "no"\n[tool.coverage.run]\nomit = [\n  "app/gen/*",\n  "app/cli.py",\n]\nbranch = true\n',
      ['5 app/gen/*', '6 app/cli.py'],
    ],
    [
      'pyproject.toml',
      '[tool.coverage.report]\nexclude_also = [\n  "if TYPE_CHECKING:",\n  \'raise NotImplementedError\',\n]\nfail_under = 80\n',
      ['3 if TYPE_CHECKING:', '4 raise NotImplementedError'],
    ],
    [
      'sonar-project.properties',
      '# sonar.exclusions=no\nsonar.sources=src\nsonar.coverage.exclusions=**/gen/**,\\\n  **/main.ts\nsonar.tests=test\n',
      ['3 **/gen/**', '4 **/main.ts'],
    ],
    [
      'codecov.yml',
      'coverage:\n  ignore:\n    - no\nignore:\n  - "src/gen"  # generated\n- lib\ncomment: false\nflags:\n  - no\n',
      ['5 src/gen', '6 lib'],
    ],
    [
      'pom.xml',
      '<plugin><artifactId>surefire</artifactId>\n<exclude>no</exclude></plugin>\n<plugin>\n<artifactId>jacoco-maven-plugin</artifactId>\n<!-- <exclude>no</exclude> -->\n<exclude>**/gen/**</exclude>\n</plugin>\n<sonar.exclusions>a,b</sonar.exclusions>',
      ['6 **/gen/**', '8 a', '8 b'],
    ],
    [
      'build.gradle',
      "test { exclude 'no' }\njacocoTestReport {\n  afterEvaluate {\n    classDirectories.from = files(x.collect { fileTree(dir: it, exclude: ['**/gen/**', '**/Main*']) })\n  }\n}\njar { exclude 'no' }",
      ['4 **/gen/**', '4 **/Main*'],
    ],
    [
      'spec/spec_helper.rb',
      "SimpleCov.start do\n  # add_filter '/no/'\n  add_filter '/gen/'\n  add_filter %r{^/lib/old}\nend",
      ['3 /gen/', '4 ^/lib/old'],
    ],
  ])('in %s', (path, text, expected) => {
    expect(seen(path, text)).toEqual(expected);
  });

  it('is nothing in other files', () => {
    expect(isExcludeFile('src/exclude.ts')).toBe(false);
    expect(coverageExcludes('src/exclude.ts', "coverage: { exclude: ['a'] }")).toEqual([]);
  });

  it('is read in time that grows with the text', () => {
    const started = performance.now();
    for (const path of [
      'vitest.config.ts',
      '.coveragerc',
      'sonar-project.properties',
      'codecov.yml',
      'pom.xml',
      'build.gradle',
      'spec/spec_helper.rb',
    ])
      for (const text of [
        'coverage: {',
        'omit = [',
        '- ',
        '"',
        'jacoco { exclude ',
        '<exclude>',
        ' ',
        '\\',
        'add_filter ',
      ])
        coverageExcludes(path, text.repeat(20_000 / text.length));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
