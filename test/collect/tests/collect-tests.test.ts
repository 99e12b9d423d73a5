import { afterEach, describe, expect, test } from 'vitest';
import { collectTests } from '../../../src/collect/tests/collect-tests.ts';
import { createGitRepository, type GitFiles } from '../../support/git-repository.ts';
import { createCleanup, opened, present } from '../git/opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

async function collected(history: readonly GitFiles[], head: GitFiles) {
  const repo = cleanup.add(createGitRepository(), (one) => one.remove());
  for (const files of history) repo.commit(files);
  repo.branch('change', 'main');
  repo.commit(head, { branch: 'change' });
  const judged = await opened(cleanup, { checkout: repo.folder });
  const change = present(
    await judged.readChange({ base: repo.id('main'), head: repo.id('change'), baseName: 'main' }),
  );
  return present(await collectTests(judged, change));
}

const block = (name: string, checks: number) =>
  `it('${name}', () => {\n${'  expect(price(order)).toBe(3);\n'.repeat(checks)}});\n`;

describe('what a change does to tests', () => {
  test('is read from both sides, through a rename', async () => {
    const facts = await collected(
      [
        {
          'test/a.test.ts': block('one', 2) + block('two', 1),
          'tests/test_b.py': 'def test_b():\n    assert 1\n',
        },
      ],
      { 'test/a.test.ts': null, 'test/renamed.test.ts': block('one', 2), 'tests/test_b.py': null },
    );
    expect(
      facts.files.map(({ path, framework, base, head }) => [path, framework, base.length, head.length]),
    ).toEqual([
      ['test/renamed.test.ts', 'jest or vitest', 2, 1],
      ['tests/test_b.py', 'pytest', 1, 0],
    ]);
  });

  test('leaves out deleted tests of a function that goes with them, and no others', async () => {
    const source = (...names: readonly string[]) =>
      names.map((name) => `export function ${name}(order) {\n  return order;\n}\n`).join('');
    const checks = (name: string) => `it('works (${name})', () => {\n  expect(${name}(1)).toBe(1);\n});\n`;
    const facts = await collected(
      [
        {
          'lib/shop/prices.js': source('refund', 'total'),
          'test/integration.test.js': checks('refund') + checks('total'),
        },
      ],
      {
        'lib/shop/prices.js': `${source('total')}${source('discount', 'vat')}`,
        'test/integration.test.js': '// all gone\n',
      },
    );
    expect(facts.files.map(({ base }) => base.map(({ name }) => name))).toEqual([['works (total)']]);
  });

  test('passes over fixtures that are written like tests', async () => {
    const facts = await collected(
      [{ 'test/fixtures/a.spec.js': block('one', 2), 'test/once.fixture.js': block('two', 2) }],
      { 'test/fixtures/a.spec.js': null, 'test/once.fixture.js': null },
    );
    expect(facts.files).toEqual([]);
  });

  test('counts ignore comments of source files and thresholds of settings', async () => {
    const facts = await collected(
      [
        {
          'src/a.ts': 'f();\n',
          'test/a.test.ts': '// empty\n',
          'vitest.config.ts': 'export default { test: { coverage: { thresholds: { lines: 90 } } } };\n',
        },
      ],
      {
        'src/a.ts': 'f();\n/* v8 ignore next */\ng();\n',
        'test/a.test.ts': '/* v8 ignore next */\n',
        'vitest.config.ts': 'export default { test: { coverage: { thresholds: { lines: 85 } } } };\n',
      },
    );
    expect(facts).toMatchObject({
      pragmas: [{ path: 'src/a.ts', more: 1, line: 2 }],
      thresholds: [{ path: 'vitest.config.ts', name: 'lines', before: 90, after: 85 }],
    });
  });

  test('tells how often a source file changed together with tests', async () => {
    const step = (number: number, withTest: boolean): GitFiles => ({
      'src/a.ts': `f(${number});\n`,
      ...(withTest && {
        'test/a.test.ts': `// ${number}\n`,
        'test/b.test.ts': `// ${Math.floor(number / 3)}\n`,
      }),
    });
    const facts = await collected([step(1, true), step(2, true), step(3, false), step(4, true)], {
      'src/a.ts': 'f(5);\n',
    });
    expect(facts.habits).toEqual([{ path: 'src/a.ts', changes: 4, withTests: 3, test: 'test/a.test.ts' }]);
  });

  test('reads tests of Go, the JVM and Ruby, and what settings leave out of the report', async () => {
    const settings = (...patterns: readonly string[]) =>
      `export default { test: { coverage: { exclude: ${JSON.stringify(patterns)} } } };\n`;
    const facts = await collected(
      [
        {
          'cart_test.go': 'package cart\nfunc TestA(t *testing.T) { assert.True(t, ok) }\n',
          'src/test/java/CartTest.java': 'class CartTest { @Test void a() { assertTrue(ok); } }\n',
          'spec/cart_spec.rb': "it 'a' do\n  expect(x).to eq 1\nend\n",
          'vitest.config.ts': settings('src/gen/**'),
          'sonar-project.properties': 'sonar.exclusions=a\n',
        },
      ],
      {
        'cart_test.go': 'package cart\nfunc TestA(t *testing.T) { t.Skip() }\n',
        'src/test/java/CartTest.java': 'class CartTest { @Disabled @Test void a() { assertTrue(ok); } }\n',
        'spec/cart_spec.rb': "xit 'a' do\n  expect(x).to eq 1\nend\n",
        'vitest.config.ts': settings('src/gen/**', 'src/cli/**'),
        'sonar-project.properties': 'sonar.exclusions=a,b\n',
      },
    );
    expect(
      facts.files.map(({ framework, base, head }) => [framework, base[0]?.state, head[0]?.state]),
    ).toEqual([
      ['go test', 'runs', 'skipped'],
      ['rspec or minitest', 'runs', 'skipped'],
      ['junit', 'runs', 'skipped'],
    ]);
    expect(facts.excludes).toEqual([
      { path: 'sonar-project.properties', pattern: 'b', line: 1 },
      { path: 'vitest.config.ts', pattern: 'src/cli/**', line: 1 },
    ]);
  });

  test('says what was too large to read', async () => {
    const facts = await collected([{ 'a.txt': 'x' }], { 'test/a.test.ts': 'x'.repeat(1_100_000) });
    expect(facts.notRead).toEqual([{ path: 'test/a.test.ts', why: 'it is larger than 1 MB' }]);
  });
});
