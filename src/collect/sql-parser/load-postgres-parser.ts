import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { GrammarInstance } from 'libpg-query/wasm/libpg-query.js';
import type { ParsePostgres, ParseTree, SyntaxFault } from '../../migrations/sql/parse-tree.ts';
import { baselineCompiled } from './baseline-compiled.ts';

/** How many statements of one change may exhaust the parser's stack before it refuses to go on. */
const instanceCount = 4;

interface Grammar {
  readonly parse: ParsePostgres;
  /** Replaces the instances that were thrown away. */
  refill(): Promise<void>;
}

let loading: Promise<Grammar> | undefined;

/**
 * Loads PostgreSQL's own grammar (libpg-query, WebAssembly) once, when a file first needs it. Rejects when
 * `libpg-query.wasm` is found neither beside the bundle that runs nor in the installed package.
 *
 * A stack that overflows inside WebAssembly leaves the instance corrupt: some thirty overflows later it answers
 * nonsense or never. So an instance is thrown away after its first fault of that sort and a spare one takes over. Ask
 * for the parser once per change: asking replaces what an earlier change used up.
 */
export async function loadPostgresParser(): Promise<ParsePostgres> {
  loading ??= load();
  const grammar = await loading;
  await grammar.refill();
  return grammar.parse;
}

async function load(): Promise<Grammar> {
  const createGrammar = (await import('libpg-query/wasm/libpg-query.js')).default;
  const compiled = await WebAssembly.compile(await readGrammar());
  const instances: GrammarInstance[] = [];
  return {
    parse: (sql) => {
      const instance = instances[0];
      if (!instance)
        return { fault: `the parser gave up after ${instanceCount} statements nested too deeply` };
      // The grammar reads C strings: a NUL would silently end the text.
      if (sql.includes('\0')) return { fault: 'the text holds a NUL character' };
      try {
        return baselineCompiled(() => parseWith(instance, sql));
      } catch {
        instances.shift();
        return { fault: 'nested too deeply or too large for the parser' };
      }
    },
    async refill() {
      const missing = Array.from({ length: Math.max(0, instanceCount - instances.length) }, () =>
        instantiate(),
      );
      for (const instance of await Promise.all(missing))
        if (instances.length < instanceCount) instances.push(instance);
    },
  };

  function instantiate(): Promise<GrammarInstance> {
    // Bundled into an ES module, the package's CommonJS code asks for a `__dirname` that is not there (for a path it does
    // not use: the grammar is handed over compiled). It does so before its first await.
    const scope = globalThis as { __dirname?: string };
    scope.__dirname = '.';
    try {
      return createGrammar({
        instantiateWasm: (imports, receive) => {
          void WebAssembly.instantiate(compiled, imports).then(receive);
        },
      });
    } finally {
      delete scope.__dirname;
    }
  }
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

/** A bundle keeps the grammar beside its entries, and this code beside them or in a folder of chunks below. */
async function readGrammar(): Promise<Buffer<ArrayBuffer>> {
  for (const place of ['./libpg-query.wasm', '../libpg-query.wasm']) {
    const bytes = await readFile(new URL(place, import.meta.url)).catch(() => undefined);
    if (bytes) return bytes;
  }
  return await readFile(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm'));
}
