import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { GrammarInstance } from 'libpg-query/wasm/libpg-query.js';
import type { ParsePostgres, ParseTree, SyntaxFault } from '../../migrations/sql/parse-tree.ts';
import { baselineCompiled } from './baseline-compiled.ts';

/** How many statements of one change may exhaust the parser's stack before it gives up: making it as new takes 20 ms. */
const overflowLimit = 4;

interface Grammar {
  readonly parse: ParsePostgres;
  /** Forgets how often an earlier change exhausted the stack. */
  forgive(): void;
}

let loading: Promise<Grammar> | undefined;

/**
 * Loads PostgreSQL's own grammar (libpg-query, WebAssembly) once, when a file first needs it. Rejects when
 * `libpg-query.wasm` is found neither beside the bundle that runs nor in the installed package.
 *
 * A stack that overflows inside WebAssembly leaves the instance corrupt: some thirty overflows later it answers
 * nonsense or never. So it is made as new after each. Ask for the parser once per change: how often that may happen is
 * counted from there.
 */
export async function loadPostgresParser(): Promise<ParsePostgres> {
  loading ??= load();
  const grammar = await loading;
  grammar.forgive();
  return grammar.parse;
}

async function load(): Promise<Grammar> {
  const [{ default: createGrammar }, compiled] = await Promise.all([
    import('libpg-query/wasm/libpg-query.js'),
    readGrammar().then((bytes) => WebAssembly.compile(bytes)),
  ]);
  let makeAsNew: () => void = () => undefined;
  const grammar = await withoutFolder(() =>
    createGrammar({
      // Its standard streams: nothing is read from them or written to them.
      noFSInit: true,
      instantiateWasm: (imports, receive) => {
        const instance = new WebAssembly.Instance(compiled, imports);
        makeAsNew = () => resetTo(new WebAssembly.Instance(compiled, imports), instance);
        receive(instance);
      },
    }),
  );
  let overflows = 0;
  return {
    parse: (sql) => {
      if (overflows >= overflowLimit)
        return { fault: `the parser gave up after ${overflowLimit} statements nested too deeply` };
      // The grammar reads C strings: a NUL would silently end the text.
      if (sql.includes('\0')) return { fault: 'the text holds a NUL character' };
      try {
        return baselineCompiled(() => parseWith(grammar, sql));
      } catch {
        overflows += 1;
        makeAsNew();
        return { fault: 'nested too deeply or too large for the parser' };
      }
    },
    forgive() {
      overflows = 0;
    },
  };
}

/**
 * Bundled into an ES module, the package's CommonJS code asks for a `__dirname` that is not there (for a path it does not
 * use: the grammar is handed over compiled). It does so before its first await.
 */
function withoutFolder<T>(create: () => T): T {
  const scope = globalThis as { __dirname?: string };
  scope.__dirname = '.';
  try {
    return create();
  } finally {
    delete scope.__dirname;
  }
}

/** What the package's own code keeps to itself, by the names that its linker chose (libpg-query 18.1.5). */
interface GrammarExports {
  readonly z: { readonly buffer: ArrayBuffer };
  /** Runs the constructors of the program. */
  readonly A: () => void;
  readonly Q: (stackPointer: number) => void;
  readonly R: () => number;
}

/** Gives an instance the memory and the stack that a fresh one begins with. What lies above the stack is then free again. */
function resetTo(fresh: WebAssembly.Instance, used: WebAssembly.Instance): void {
  const from = fresh.exports as unknown as GrammarExports;
  const to = used.exports as unknown as GrammarExports;
  from.A();
  const stackPointer = from.R();
  new Uint8Array(to.z.buffer).set(new Uint8Array(from.z.buffer, 0, stackPointer));
  to.Q(stackPointer);
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
  for (const place of ['../libpg-query.wasm', './libpg-query.wasm']) {
    const bytes = await readFile(new URL(place, import.meta.url)).catch(() => undefined);
    if (bytes) return bytes;
  }
  return await readFile(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm'));
}
