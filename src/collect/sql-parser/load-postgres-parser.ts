import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { GrammarInstance } from 'libpg-query/wasm/libpg-query.js';
import type { ParsePostgres, ParseTree, SyntaxFault } from '../../migrations/sql/parse-tree.ts';

/** How many statements may exhaust the parser's stack before it refuses to go on. */
const spareInstances = 4;

let loading: Promise<ParsePostgres> | undefined;

/**
 * Loads PostgreSQL's own grammar (libpg-query, WebAssembly) once, when a file first needs it. Rejects when
 * `libpg-query.wasm` is found neither beside the module that runs (a bundle) nor in the installed package.
 *
 * A stack that overflows inside WebAssembly leaves the instance corrupt: some thirty overflows later it answers
 * nonsense or never. So an instance is thrown away after its first fault of that sort and a spare one takes over.
 */
export function loadPostgresParser(): Promise<ParsePostgres> {
  loading ??= load();
  return loading;
}

async function load(): Promise<ParsePostgres> {
  const createGrammar = (await import('libpg-query/wasm/libpg-query.js')).default;
  const compiled = await WebAssembly.compile(await readGrammar());
  const create = () =>
    createGrammar({
      instantiateWasm: (imports, receive) => {
        void WebAssembly.instantiate(compiled, imports).then(receive);
      },
    });
  // Bundled into an ES module, the package's CommonJS code asks for a `__dirname` that is not there (for a path it does
  // not use: the grammar is handed over compiled). It does so before its first await.
  const scope = globalThis as { __dirname?: string };
  scope.__dirname = '.';
  const creating = Array.from({ length: spareInstances }, create);
  delete scope.__dirname;
  const instances = await Promise.all(creating);
  return (sql) => {
    const instance = instances[0];
    if (!instance)
      return { fault: `the parser gave up after ${spareInstances} statements nested too deeply` };
    // The grammar reads C strings: a NUL would silently end the text.
    if (sql.includes('\0')) return { fault: 'the text holds a NUL character' };
    try {
      return parseWith(instance, sql);
    } catch {
      instances.shift();
      return { fault: 'nested too deeply or too large for the parser' };
    }
  };
}

/** Throws only what leaves the instance unusable. */
function parseWith(grammar: GrammarInstance, sql: string): ParseTree | SyntaxFault {
  const bytes = grammar.lengthBytesUTF8(sql) + 1;
  const query = grammar._malloc(bytes);
  grammar.stringToUTF8(sql, query, bytes);
  const result = grammar._wasm_parse_query_raw(query);
  // struct { char *tree; char *stderr; PgQueryError *error; }, and the error begins with its message.
  const tree = grammar.UTF8ToString(grammar.getValue(result, 'i32'));
  const error = grammar.getValue(result + 8, 'i32');
  const fault = error === 0 ? undefined : grammar.UTF8ToString(grammar.getValue(error, 'i32'));
  grammar._free(query);
  grammar._wasm_free_parse_result(result);
  if (fault !== undefined) return { fault };
  return { stmts: (JSON.parse(tree) as Partial<ParseTree>).stmts ?? [] };
}

async function readGrammar(): Promise<Buffer<ArrayBuffer>> {
  const beside = fileURLToPath(new URL('./libpg-query.wasm', import.meta.url));
  try {
    return await readFile(beside);
  } catch {
    return await readFile(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm'));
  }
}
