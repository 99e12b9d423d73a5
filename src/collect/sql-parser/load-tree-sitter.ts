import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Language, Parser, TreeCursor } from 'web-tree-sitter';
import type { CodeLanguage, CodeNode, ParseCode } from '../../migrations/orm/code/code-node.ts';

/** Characters beyond which a program is not read. Chosen by us: the largest migration of a year of Rails history has 60,000. */
const longestSource = 1024 * 1024;
/** Chosen by us: a migration of a thousand lines takes some 20 milliseconds. */
const mostMilliseconds = 2_000;
const mostNodes = 500_000;
/** What is deeper no person wrote, and walking it would exhaust the stack of whoever does. */
const deepest = 800;

const grammars: Readonly<Record<CodeLanguage, string>> = {
  ruby: 'tree-sitter-ruby.wasm',
  python: 'tree-sitter-python.wasm',
};

const loading = new Map<CodeLanguage, Promise<ParseCode>>();
let starting: Promise<typeof import('web-tree-sitter')> | undefined;

/**
 * Loads tree-sitter and one grammar (WebAssembly) once, when a file first needs it. Rejects when the `.wasm` files are
 * found neither beside the bundle that runs nor in the installed packages.
 */
export function loadTreeSitter(language: CodeLanguage): Promise<ParseCode> {
  const begun = loading.get(language) ?? load(language);
  loading.set(language, begun);
  return begun;
}

async function load(language: CodeLanguage): Promise<ParseCode> {
  starting ??= start();
  const sitter = await starting;
  const name = grammars[language];
  const bytes = await readWasm(name, `@vscode/tree-sitter-wasm/wasm/${name}`);
  const grammar: Language = await sitter.Language.load(bytes);
  return (source) => parseWith(sitter.Parser, grammar, source);
}

async function start(): Promise<typeof import('web-tree-sitter')> {
  const sitter = await import('web-tree-sitter');
  const wasmBinary = await readWasm('web-tree-sitter.wasm', 'web-tree-sitter/web-tree-sitter.wasm');
  await sitter.Parser.init({ wasmBinary } as Parameters<typeof Parser.init>[0]);
  return sitter;
}

/** Parser and tree live in WebAssembly's memory, which no collector frees: both are given back here. */
function parseWith(
  Sitter: typeof Parser,
  grammar: Language,
  source: string,
): CodeNode | { readonly fault: string } {
  if (source.length > longestSource) return { fault: `a program of more than ${longestSource} characters` };
  const parser = new Sitter();
  try {
    parser.setLanguage(grammar);
    const until = performance.now() + mostMilliseconds;
    const tree = parser.parse(source, null, {
      // The types promise nothing, but a true answer ends the parse.
      progressCallback: () => performance.now() > until,
    });
    if (!tree) return { fault: `it was not parsed within ${mostMilliseconds / 1000} seconds` };
    const cursor = tree.walk();
    try {
      return plainTree(cursor);
    } finally {
      cursor.delete();
      tree.delete();
    }
  } catch {
    return { fault: 'nested too deeply or too large for the parser' };
  } finally {
    parser.delete();
  }
}

type Draft = { -readonly [key in keyof CodeNode]: CodeNode[key] } & { children: CodeNode[] };

/** One walk over the tree, without recursion. */
function plainTree(cursor: TreeCursor): CodeNode | { readonly fault: string } {
  const root = draftAt(cursor);
  const open: Draft[] = [root];
  let nodes = 1;
  for (;;) {
    if (cursor.gotoFirstChild()) {
      if (open.length >= deepest) return { fault: `nested more than ${deepest} levels deep` };
    } else {
      for (;;) {
        open.pop();
        if (open.length === 0) return root;
        if (cursor.gotoNextSibling()) break;
        cursor.gotoParent();
      }
    }
    nodes += 1;
    if (nodes > mostNodes) return { fault: `a program of more than ${mostNodes} parts` };
    const draft = draftAt(cursor);
    open.at(-1)?.children.push(draft);
    open.push(draft);
  }
}

function draftAt(cursor: TreeCursor): Draft {
  const field = cursor.currentFieldName;
  const { row } = cursor.startPosition;
  const end = cursor.endPosition;
  // A node that ends with its line's break ends on that line.
  const endRow = end.column === 0 && end.row > row ? end.row - 1 : end.row;
  return {
    type: cursor.nodeIsMissing ? 'ERROR' : cursor.nodeType,
    ...(field === null ? {} : { field }),
    isNamed: cursor.nodeIsNamed,
    start: cursor.startIndex,
    end: cursor.endIndex,
    lines: { start: row + 1, end: endRow + 1 },
    children: [],
  };
}

/** A bundle keeps the grammars beside its entries, and this code beside them or in a folder of chunks below. */
async function readWasm(name: string, installed: string): Promise<Uint8Array> {
  for (const place of [`./${name}`, `../${name}`]) {
    const bytes = await readFile(new URL(place, import.meta.url)).catch(() => undefined);
    if (bytes) return bytes;
  }
  return await readFile(createRequire(import.meta.url).resolve(installed));
}
