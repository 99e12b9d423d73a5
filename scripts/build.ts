import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type OutputOptions, rolldown } from 'rolldown';
import { licensesText } from './licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** WASM parsers are no JavaScript: they are copied beside the chunks, which load them when a file needs one. */
const assets = [
  ['node_modules/libpg-query/wasm/libpg-query.wasm', 'libpg-query.wasm'],
  ['node_modules/web-tree-sitter/web-tree-sitter.wasm', 'web-tree-sitter.wasm'],
  ['node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-ruby.wasm', 'tree-sitter-ruby.wasm'],
  ['node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm', 'tree-sitter-python.wasm'],
] as const;

/**
 * What is loaded together is one chunk: opening a small file takes longer than reading it. Beginnings of paths below src;
 * what is named behind `except` stays apart, since few runs need it.
 */
const togetherLoaded = [
  { name: 'core', test: below(['core/'], ['core/run-state']) },
  {
    name: 'git',
    test: below(
      [
        'collect/git/',
        'collect/history/log-reader',
        'collect/people',
        'collect/collect-settings',
        'coverage/measure/source-file',
        'coverage/formats/tests/coverage-pragmas',
      ],
      [
        'collect/git/carried-lines',
        'collect/git/chain-',
        'collect/git/changed-texts',
        'collect/git/hidden-chain',
        'collect/git/patch-comparison',
        'collect/git/replay-change',
        'collect/git/tail-lines',
        'collect/git/unreviewed-tail',
      ],
    ),
  },
  {
    name: 'looked-up',
    test: below([
      'collect/coverage/find-reports',
      'collect/coverage/measured-in-workspace',
      'collect/look-up',
      'collect/tests/collect-tests',
      'collect/tests/coverage-settings',
      'migrations/detect/',
      'migrations/sql/scan-sql',
    ]),
  },
  {
    name: 'judged',
    test: below(['coverage/rules/', 'migrations/rules/', 'report-on', 'review/rules/', 'rules.ts']),
  },
  {
    name: 'measured',
    test: below([
      'collect/coverage/',
      'collect/coverage-history/',
      'collect/git/hidden-chain',
      'coverage/carry-lines',
      'coverage/formats/',
      'coverage/map-paths',
      'coverage/measure/',
      'coverage/tracked-paths',
    ]),
  },
  {
    name: 'migrations',
    test: below(
      [
        'collect/collect-migrations',
        'collect/migrations/',
        'collect/sql-parser/',
        'migrations/check-suggestions',
        'migrations/locks/',
        'migrations/orm/prisma/',
        'migrations/orm/program-reader',
        'migrations/orm/source-walk',
        'migrations/orm/sql-text',
        'migrations/read-',
        'migrations/sql/',
        'migrations/transaction-walk',
      ],
      [
        'collect/sql-parser/load-dialect-parser',
        'collect/sql-parser/load-tree-sitter',
        'migrations/locks/mariadb/',
        'migrations/locks/mysql/',
        'migrations/locks/sqlite/',
        'migrations/sql/dialects/',
      ],
    ),
  },
  {
    name: 'rendered',
    test: below([
      'render/account',
      'render/coverage-ledger',
      'render/finding-text',
      'render/markdown.ts',
      'render/numbers',
      'render/placement',
      'render/rule-page',
      'render/text.ts',
    ]),
  },
  { name: 'options', test: below(['entry/command-line/read-options', 'entry/command-line/usage-error']) },
];

function below(beginnings: readonly string[], except: readonly string[] = []): (id: string) => boolean {
  const source = `${root}src/`;
  return (id) => {
    const path = id.startsWith(source) ? id.slice(source.length) : undefined;
    const begins = (parts: readonly string[]) => parts.some((part) => path?.startsWith(part));
    return begins(beginnings) && !begins(except);
  };
}

/** Writes the bundles into `folder`; the same sources give the same bytes. */
export async function build(folder: string): Promise<void> {
  const bundle = await rolldown({
    cwd: root,
    input: {
      action: 'src/entry/action.ts',
      app: 'src/entry/app.ts',
      cli: 'src/entry/start-cli.ts',
      'command-line': 'src/entry/cli.ts',
    },
    // The embedded database is 15 MB of WebAssembly and data, found beside us when it is installed; pg's native part is not used.
    external: [/^@electric-sql\/pglite(?:\/|$)/, 'pg-native'],
    platform: 'node',
    logLevel: 'warn',
    // Two dependencies call `eval` where we never get: for Redis, and for code that a grammar would bring along.
    checks: { eval: false },
  });
  const options: OutputOptions = {
    codeSplitting: { groups: togetherLoaded },
    dir: folder,
    format: 'cjs',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  };
  // What does not build leaves the old bundles alone.
  await bundle.generate(options);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { output } = await bundle.write(options);
  await bundle.close();
  for (const [from, to] of assets) copyFileSync(`${root}${from}`, `${folder}/${to}`);
  writeFileSync(`${folder}/package.json`, '{ "type": "commonjs" }\n');
  const chunks = output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
  writeFileSync(
    `${folder}/LICENSES.txt`,
    licensesText(
      chunks,
      assets.map(([from]) => `${root}${from}`),
    ),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(`${root}dist`);
  console.log(`Built dist/: ${readdirSync(`${root}dist`, { recursive: true }).length} files.`);
}
