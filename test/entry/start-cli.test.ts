import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineNode, runCli } from '../support/run-cli.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const version = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
const digestLength = 32;

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'review-vitals-kept-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

const run = (parameters: readonly string[], node?: string) =>
  runCli(parameters, { env: { XDG_CACHE_HOME: cache }, ...(node !== undefined && { node }) });
const keptFolder = (command: string) =>
  join(cache, 'review-vitals', command, `${process.version}-${process.arch}`);

const builtFile = (name: string) => join(dist, name === 'command-line.js' ? '' : 'chunks', name);

const program = join(dist, 'command-line.js');
const source = readFileSync(program);
const keptProgram = () => join(keptFolder('help'), 'command-line.js');

/** The program with another help, a text of the same length. */
const otherSource = Buffer.from(source.toString().replaceAll('Usage:', 'USAGE:'));

/** What V8 makes of it, without the flags that the tests run with. */
function otherCode(): Buffer {
  const text = `(function (exports, require, module, __filename, __dirname) {${otherSource}\n})`;
  const compile = `
    const [filename, text] = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
    process.stdout.write(new (require('node:vm').Script)(text, { filename }).createCachedData().toString('base64'));
  `;
  const child = spawnSync(process.execPath, ['--input-type=commonjs', '--eval', compile], {
    input: JSON.stringify([program, text]),
    env: {},
  });
  return Buffer.from(child.stdout.toString(), 'base64');
}

function isWhole(path: string, source: Buffer): boolean {
  const kept = readFileSync(path);
  const code = kept.subarray(digestLength + source.length);
  return code.length > 0 && kept.equals(keptOf(code, source));
}

const keptOf = (code: Buffer, source: Buffer) =>
  Buffer.concat([createHash('sha256').update(code).digest(), source, code]);

test('what a run compiled is kept, and is what the next run executes', async () => {
  expect((await run(['--help'])).stdout).toContain('Usage:');
  expect(isWhole(keptProgram(), source)).toBe(true);
  writeFileSync(keptProgram(), keptOf(otherCode(), source));
  expect((await run(['--help'])).stdout).toContain('USAGE:');
});

test('code that was made from another text of the same length is not executed, and is made anew', async () => {
  await run(['--help']);
  writeFileSync(keptProgram(), keptOf(otherCode(), otherSource));
  expect((await run(['--help'])).stdout).toContain('Usage:');
  expect(isWhole(keptProgram(), source)).toBe(true);
});

test.each([
  [
    'a byte in the middle is another',
    (kept: Buffer) => kept.fill(255 - (kept.at(-1000) ?? 0), kept.length - 1000, kept.length - 999),
  ],
  ['the end is missing', (kept: Buffer) => kept.subarray(0, kept.length - 100)],
  ['nothing is left', () => Buffer.alloc(0)],
  ['only zeros are left', (kept: Buffer) => Buffer.alloc(kept.length)],
])('damaged code is not executed, and is made anew: %s', async (_, damaged) => {
  await run(['--version']);
  writeFileSync(keptProgram(), damaged(readFileSync(keptProgram())));
  const { stdout, stderr, exitCode } = await run(['--version']);
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: `${version}\n`, stderr: '', exitCode: 0 });
  expect(isWhole(keptProgram(), source)).toBe(true);
});

test('each command keeps its own, under the version of Node and the processor', async () => {
  await run(['rules']);
  await run(['--version']);
  expect(readdirSync(join(cache, 'review-vitals')).toSorted()).toEqual(['help', 'rules']);
  expect(readdirSync(keptFolder('rules'))).toContain('rules.js');
  expect(readdirSync(keptFolder('help'))).not.toContain('rules.js');
});

const older = machineNode();
test.skipIf(!older || older.version === process.version)('another Node keeps its own beside', async () => {
  await run(['--version']);
  expect((await run(['--version'], older?.path)).stdout).toBe(`${version}\n`);
  expect(readdirSync(join(cache, 'review-vitals', 'help'))).toHaveLength(2);
});

test('a run that could not do its work keeps nothing: a mistyped command leaves no folder', async () => {
  expect((await run(['chekc'])).exitCode).toBe(2);
  expect(readdirSync(cache)).toEqual([]);
});

test('a user without a cache folder gets one that only this user can enter, as XDG says', async () => {
  const home = join(cache, 'home');
  mkdirSync(home);
  await runCli(['--version'], { env: { HOME: home } });
  const caches = join(home, process.platform === 'darwin' ? 'Library' : '.cache');
  expect(statSync(caches).mode & 0o777).toBe(0o700);
});

test.each([
  ['the home is missing', { HOME: '/nonexistent' }],
  ['the home is empty', { HOME: '' }],
  ['the cache is named by a relative path', { HOME: '/nonexistent', XDG_CACHE_HOME: 'caches' }],
])('nothing is kept where %s', async (_, env) => {
  const { stdout } = await runCli(['--version'], { cwd: cache, env });
  expect(stdout).toBe(`${version}\n`);
  expect(readdirSync(cache)).toEqual([]);
});

test('a clone that is also the home is not written to', async () => {
  mkdirSync(join(cache, '.git'));
  await runCli(['--version'], { env: { HOME: cache } });
  expect(readdirSync(cache)).toEqual(['.git']);
});

test('a cache that cannot be written to is no trouble of the run', async () => {
  writeFileSync(join(cache, 'review-vitals'), 'a file where the folder would be');
  const { stdout, stderr, exitCode } = await run(['--version']);
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: `${version}\n`, stderr: '', exitCode: 0 });
});

test('two runs at once leave whole files and nothing beside them', async () => {
  await Promise.all([run(['rules']), run(['rules']), run(['rules'])]);
  const files = readdirSync(keptFolder('rules'));
  expect(files.filter((file) => !file.endsWith('.js'))).toEqual([]);
  for (const file of files) {
    expect(isWhole(join(keptFolder('rules'), file), readFileSync(builtFile(file)))).toBe(true);
  }
});
