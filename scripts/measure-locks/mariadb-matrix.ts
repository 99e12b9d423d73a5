import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InnodbForm, InnodbRow } from '../../src/migrations/locks/mysql/innodb-form.ts';
import { type MariadbForm, mariadbForms } from './mariadb-forms.ts';
import { fill, type MariadbAnswer, probeMariadb } from './mariadb-probe.ts';
import { startMariadb } from './mariadb-server.ts';

interface Measured {
  readonly id: string;
  readonly form: string;
  readonly setup: string;
  readonly session: string;
  readonly sql: string;
  readonly answer: MariadbAnswer;
}

const table = fileURLToPath(new URL('../../test/migrations/locks/mariadb-measured.json', import.meta.url));
const module = fileURLToPath(
  new URL('../../src/migrations/locks/mariadb/mariadb-measured.ts', import.meta.url),
);

/** Measures MariaDB where it is installed; says so where it is not. `compare` writes nothing and counts differences. */
export async function measureMariadb(compare: boolean): Promise<number> {
  const server = await startMariadb();
  if (!server) {
    console.log('MariaDB was not measured: there is no `mariadbd` on the PATH.');
    return 0;
  }
  const measured: Measured[] = [];
  try {
    await fill(server);
    for (const form of mariadbForms) measured.push(recordOf(form, await probeMariadb(server, form)));
  } finally {
    await server.stop();
  }
  console.log(`MariaDB ${server.version}: ${measured.length} forms`);
  if (compare) return countDifferences(JSON.parse(readFileSync(table, 'utf8')), measured);
  writeFileSync(table, `[\n${measured.map((form) => JSON.stringify(form)).join(',\n')}\n]\n`);
  writeFileSync(module, rulesModule(rowsOf(measured), server.version, new Date().toISOString().slice(0, 10)));
  spawnSync('biome', ['check', '--write', table, module]);
  return 0;
}

function recordOf({ id, form, setup, session, sql }: MariadbForm, answer: MariadbAnswer): Measured {
  return {
    id,
    form: form ?? '',
    setup: setup ?? '',
    session: session ?? '',
    sql: sql.replace('{asked}', ''),
    answer,
  };
}

function countDifferences(before: readonly Measured[], now: readonly Measured[]): number {
  const differing = now.filter(({ id, answer }) => {
    const old = before.find((one) => one.id === id)?.answer;
    return !old || !isSame(old, answer);
  });
  for (const { id, answer } of differing) console.log(`${id}: now ${JSON.stringify(answer)}`);
  return differing.length;
}

/** What was over too soon to tell once may be slow enough another time. */
function isSame(old: MariadbAnswer, now: MariadbAnswer): boolean {
  const { writesWait: waited, ...before } = old;
  const { writesWait: waits, ...after } = now;
  const areBothSeen = waited !== undefined && waits !== undefined;
  return JSON.stringify(before) === JSON.stringify(after) && (!areBothSeen || waited === waits);
}

/** The row of a form is that of its first statement; the test holds the others to it. */
function rowsOf(measured: readonly Measured[]): ReadonlyMap<InnodbForm, InnodbRow> {
  const rows = new Map<InnodbForm, InnodbRow>();
  for (const { form, answer } of measured) {
    if (form === '' || answer.error !== undefined || rows.has(form as InnodbForm)) continue;
    rows.set(form as InnodbForm, rowOf(answer));
  }
  return rows;
}

/** A statement that cannot ask is judged by what it did. */
function rowOf({ algorithm, lock, work, writesWait }: MariadbAnswer): InnodbRow {
  const seen = work === 'definition' ? 'INSTANT' : writesWait ? 'COPY' : 'INPLACE';
  return {
    algorithm: (algorithm ?? seen) as InnodbRow['algorithm'],
    work,
    lock: (lock ?? (writesWait ? 'SHARED' : 'NONE')) as InnodbRow['lock'],
  };
}

function rulesModule(rows: ReadonlyMap<InnodbForm, InnodbRow>, version: string, date: string): string {
  const lines = [...rows].map(
    ([form, { algorithm, work, lock }]) =>
      `  ${form}: { algorithm: '${algorithm}', work: '${work}', lock: '${lock}' },`,
  );
  return `import type { InnodbForm, InnodbRow } from '../mysql/innodb-form.ts';

/** How the rows below are known. */
export const provenance = { kind: 'measured', server: 'MariaDB', versions: ['${version}'], date: '${date}' } as const;

/**
 * The cheapest ALGORITHM and LOCK that the server accepts for each form, and whether it then read the table or wrote it anew
 * (pages read, the table's number in InnoDB), while another session tried to write. Written by \`npm run measure-locks\`; the
 * forms with their set-up are in test/migrations/locks/mariadb-measured.json. Later versions copy with LOCK=NONE
 * (\`innodb-effect.ts\`).
 */
// biome-ignore format: one form a line reads as the table it is
export const mariadbMeasured: Readonly<Partial<Record<InnodbForm, InnodbRow>>> = {
${lines.join('\n')}
};
`;
}
