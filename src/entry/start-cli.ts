#!/usr/bin/env node
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, Script } from 'node:vm';

/**
 * Starts the built command line with the compiled code that an earlier run of the same command kept
 * (docs/decisions/0024-code-is-kept-when-a-run-is-over.md).
 *
 * It is kept in the user's own cache and nowhere else: in a folder that others can write to somebody else could leave what is
 * run. Each command has a folder of its own, since what is kept are the functions that it called.
 */

type Evaluate = (
  exports: unknown,
  require: (name: string) => unknown,
  module: unknown,
  file: string,
  folder: string,
) => void;

interface LoadedScript {
  readonly script: Script;
  readonly source: Buffer;
  readonly keptFile: string;
}

/** Bytes of a SHA-256. */
const digestLength = 32;

const starter = fileURLToPath(import.meta.url);
const requireInstalled = createRequire(starter);
const modules = new Map<string, { readonly exports: unknown }>();
const scripts: LoadedScript[] = [];
const folder = folderOfKeptCode();
let isSomethingNew = false;

if (folder !== undefined) process.once('exit', keepCode);
load(join(dirname(starter), 'command-line.js'));

/** None where there is no home, and none in a clone that is somebody's home: a clone is never written to. */
function folderOfKeptCode(): string | undefined {
  const caches = cachesOfUser();
  if (caches === undefined) return undefined;
  const home = dirname(caches);
  if (!existsSync(caches) && (!existsSync(home) || existsSync(join(home, '.git')))) return undefined;
  const command = /^[a-z]+$/.exec(process.argv[2] ?? '')?.[0] ?? 'help';
  return join(caches, 'review-vitals', command, `${process.version}-${process.arch}`);
}

/** As XDG says, a relative path counts for nothing: it would lead into the clone. */
function cachesOfUser(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  const usual = HOME && join(HOME, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  return [XDG_CACHE_HOME, LOCALAPPDATA, usual].find((path) => path !== undefined && isAbsolute(path));
}

function load(file: string): unknown {
  const known = modules.get(file);
  if (known) return known.exports;
  const module = { exports: {} };
  modules.set(file, module);
  const requireFrom = (name: string) =>
    name.startsWith('.') ? load(resolve(dirname(file), name)) : requireInstalled(name);
  const evaluate: Evaluate = compiled(file).runInThisContext();
  evaluate(module.exports, Object.assign(requireFrom, requireInstalled), module, file, dirname(file));
  return module.exports;
}

function compiled(file: string): Script {
  const source = readFileSync(file);
  const keptFile = join(folder ?? '', basename(file));
  const cachedData = folder === undefined ? undefined : codeKeptFor(source, keptFile);
  const text = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  // Node 20 names the constant since 20.12; before, only an `import()` of what is not bundled needs it.
  const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  const script = new Script(text, { filename: file, cachedData, importModuleDynamically });
  if (cachedData === undefined || script.cachedDataRejected) isSomethingNew = true;
  scripts.push({ script, source, keptFile });
  return script;
}

/**
 * What is kept: the code's digest, the text it was made from, the code. V8 itself compares no more of a text than its length, and
 * would run damaged code until it crashes.
 */
function codeKeptFor(source: Buffer, keptFile: string): Buffer | undefined {
  try {
    const kept = readFileSync(keptFile);
    const textEnd = digestLength + source.length;
    if (!kept.subarray(digestLength, textEnd).equals(source)) return undefined;
    const code = kept.subarray(textEnd);
    return digestOf(code).equals(kept.subarray(0, digestLength)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(code: Buffer): Buffer {
  return createHash('sha256').update(code).digest();
}

/** A run that could not do its work (2) called few of the functions that the next one needs. */
function keepCode(exitCode: number): void {
  if (folder === undefined || exitCode === 2 || !isSomethingNew) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { script, source, keptFile } of scripts) {
      const beside = `${keptFile}.${process.pid}`;
      try {
        const code = script.createCachedData();
        writeFileSync(beside, Buffer.concat([digestOf(code), source, code]), { flush: true });
        renameSync(beside, keptFile);
      } finally {
        rmSync(beside, { force: true });
      }
    }
  } catch {
    // A full disk or a folder that may not be written costs the next run time, and this one nothing.
  }
}
