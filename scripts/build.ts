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

/** Writes the bundles into `folder`; the same sources give the same bytes. */
export async function build(folder: string): Promise<void> {
  const bundle = await rolldown({
    cwd: root,
    input: { action: 'src/entry/action.ts', app: 'src/entry/app.ts', cli: 'src/entry/cli.ts' },
    // The embedded database is 15 MB of WebAssembly and data, found beside us when it is installed; pg's native part is not used.
    external: [/^@electric-sql\/pglite(?:\/|$)/, 'pg-native'],
    platform: 'node',
    logLevel: 'warn',
  });
  const options: OutputOptions = {
    // Small files that everything needs are one chunk: loading each takes longer than reading it.
    codeSplitting: { groups: [{ name: 'core', test: /src\/core\/(?!run-state)/ }] },
    dir: folder,
    format: 'esm',
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
