import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Types, style, import directions, generated files: side by side, each with its own output when it fails. */
const root = fileURLToPath(new URL('..', import.meta.url));
const checks: readonly (readonly [name: string, ...command: readonly string[]])[] = [
  ['types', 'tsc'],
  ['style', 'biome', 'check', '--error-on-warnings'],
  ['import directions', 'vitest', 'run', 'test/architecture.test.ts', '--reporter=dot'],
  ['generated files', 'node', 'scripts/generate.ts', '--check'],
  ['dist', 'node', 'scripts/check-dist.ts'],
  ['dead code', 'knip', '--no-progress'],
];
const results = await Promise.all(checks.map(run));
for (const { name, ok, output } of results) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  if (!ok) console.log(output);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

function run([name, command, ...parameters]: (typeof checks)[number]) {
  return new Promise<{ name: string; ok: boolean; output: string }>((resolve) => {
    const child = spawn(command ?? '', parameters, { cwd: root });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) =>
      resolve({ name, ok: false, output: `${error.message}: run it through npm, which knows the tools.` }),
    );
    child.on('close', (code) => resolve({ name, ok: code === 0, output }));
  });
}
