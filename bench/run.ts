import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundlePrograms } from './bundle-programs.ts';
import { makeInputs } from './inputs/make-inputs.ts';
import { measureRow } from './measure.ts';
import { type Machine, page } from './page.ts';
import { rowsOf } from './rows.ts';
import { type Verdict, verdictsOf } from './verdicts.ts';

/**
 * Measures every row and writes docs/performance.md. `--only ID` measures one row and writes nothing, `--rounds N` runs
 * each that often. Ends with 1 when a bound is missed.
 */
const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'review-vitals-bench-'));
try {
  const rows = rowsOf(makeInputs(folder), await bundlePrograms());
  const wanted = rows.filter(({ id }) => values.only === undefined || values.only === id);
  if (wanted.length === 0) {
    throw new Error(`There is no row ${values.only}; there are ${rows.map(({ id }) => id).join(', ')}.`);
  }
  const verdicts = wanted.flatMap((row) => {
    const found = verdictsOf(measureRow(row, Number(values.rounds ?? row.rounds)));
    for (const verdict of found) console.log(oneLine(verdict));
    return found;
  });
  if (values.only === undefined) {
    const path = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
    writeFileSync(path, page(machine(), verdicts));
    console.log('\nWritten to docs/performance.md.');
  }
  process.exitCode = verdicts.some(({ holds }) => holds === false) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function oneLine({ row, ours, beside, ratio, bound, holds }: Verdict): string {
  const mine = `${Math.round(ours.milliseconds)} ms, ${Math.round(ours.megabytes ?? 0)} MB`;
  const other = beside
    ? `${beside.name} ${Math.round(beside.milliseconds)} ms, ${Math.round(beside.megabytes ?? 0)} MB`
    : '';
  const answer = holds === undefined ? '' : holds ? 'holds' : 'MISSED';
  return [row, mine, other, ratio === undefined ? '' : `${ratio.toFixed(3)} ×`, bound, answer]
    .filter((part) => part !== '')
    .join(' · ');
}

function machine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: cpus().length,
    processor: cpus()[0]?.model.trim() ?? 'an unknown processor',
    node: process.versions.node,
    git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim(),
  };
}
