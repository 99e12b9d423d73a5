import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { forms } from './forms.ts';
import { measureMariadb } from './mariadb-matrix.ts';
import { type MeasuredForm, measuredForms, rulesModule } from './matrix.ts';
import { type Probe, probe } from './probe.ts';
import { installedMajors, startServer } from './server.ts';

/**
 * Runs every form of statement with its set-up on real servers and writes what it did. `--majors 12,18` measures these
 * only and compares them with what is written, without writing; so does `--compare` for all that are installed.
 */
const { values } = parseArgs({ options: { majors: { type: 'string' }, compare: { type: 'boolean' } } });
const installed = installedMajors();
const wanted = values.majors?.split(',').map(Number) ?? [12, 13, 14, 15, 16, 17, 18];
const missing = wanted.filter((major) => !installed.includes(major));
if (missing.length > 0) {
  console.error(
    `PostgreSQL ${missing.join(', ')} is not installed: run \`npm ci --prefix scripts/measure-locks\` first (Linux on x64).`,
  );
  process.exit(2);
}

const probes: Probe[] = [];
const versions: string[] = [];
for (const major of wanted) {
  const server = await startServer(major);
  try {
    for (const form of forms) {
      const one = await probe(server, form);
      if (one) probes.push(one);
    }
  } finally {
    await server.stop();
  }
  versions.push(server.version);
  console.log(`PostgreSQL ${server.version}: ${probes.filter((one) => one.major === major).length} forms`);
}
const measured = measuredForms(forms, probes);
const table = fileURLToPath(new URL('../../test/migrations/locks/postgres-measured.json', import.meta.url));
const module = fileURLToPath(new URL('../../src/migrations/locks/postgres-measured.ts', import.meta.url));

if (values.compare || values.majors !== undefined) {
  const differences = differencesTo(JSON.parse(readFileSync(table, 'utf8')), measured);
  for (const line of differences) console.log(line);
  console.log(
    `${measured.length} forms on ${versions.length} majors compared: ${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}.`,
  );
  process.exitCode = differences.length === 0 ? 0 : 1;
} else {
  writeFileSync(table, `[\n${measured.map((form) => JSON.stringify(form)).join(',\n')}\n]\n`);
  writeFileSync(module, rulesModule(measured, versions, new Date().toISOString().slice(0, 10)));
  spawnSync('biome', ['format', '--write', table, module]);
  console.log(
    `Written: ${measured.length} forms, ${probes.length} answers. Read the difference before committing it.`,
  );
}

const isComparison = values.compare === true || values.majors !== undefined;
if ((await measureMariadb(isComparison)) > 0) process.exitCode = 1;

/** One line for every major and form whose answer is another one than before. */
function differencesTo(before: readonly MeasuredForm[], now: readonly MeasuredForm[]): readonly string[] {
  return now.flatMap(({ id, answers }) => {
    const old = before.find((form) => form.id === id);
    return answers.flatMap(({ from, to, ...answer }) =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((major) => {
        const {
          from: _from,
          to: _to,
          ...was
        } = old?.answers.find((one) => one.from <= major && major <= one.to) ?? {
          from: 0,
          to: 0,
        };
        return sorted(was) === sorted(answer)
          ? []
          : [`${id} on ${major}: ${sorted(was)} → ${sorted(answer)}`];
      }),
    );
  });
}

function sorted(answer: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(answer).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
