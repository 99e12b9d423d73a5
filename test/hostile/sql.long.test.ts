import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSafely, type SafeRun } from './run-safely.ts';
import { exhaustingSql, type HostileSql, hostileDialects, hostileSql } from './sql.ts';

interface PrintedFile {
  readonly path: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly about: Readonly<Record<string, string>>;
    readonly place?: { readonly line?: number };
  }[];
  readonly notAnalysed: readonly { readonly why: string }[];
}

let folder: string;
let run: SafeRun;
let text: SafeRun;
let files: readonly PrintedFile[];

const allSql: readonly HostileSql[] = [...hostileSql, ...hostileDialects];
const nameOf = (place: number) => `case${place}`;

function pathOf(name: string, { database }: HostileSql): string {
  return join(database === undefined ? 'db/migrations' : `db/${database}/migrations`, `${name}.sql`);
}

function written(name: string, hostile: HostileSql): string {
  const { sql } = hostile;
  const path = pathOf(name, hostile);
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(
    join(folder, path),
    typeof sql === 'string' ? sql.replaceAll('{table}', `t_${name}`) : named(sql, name),
  );
  return path;
}

/** Bytes in which the table's name is UTF-8 or UTF-16. */
function named(bytes: Uint8Array, name: string): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(text.replaceAll('{table}', `t_${name}`), 'latin1');
}

function expectCase(file: PrintedFile | undefined, name: string, hostile: HostileSql): void {
  const { foundAt, why, table, database } = hostile;
  const rule = database === undefined ? 'migrations/blocking-index' : 'migrations/destructive-change';
  const found = file?.findings.filter((finding) => finding.rule === rule) ?? [];
  expect(found.map(({ about, place }) => [about.table, place?.line])).toEqual(
    foundAt === undefined ? [] : [[table ?? `t_${name}`, foundAt]],
  );
  expect(file?.notAnalysed.map((part) => part.why)).toEqual(why ?? []);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-sql-'));
  for (const [place, hostile] of allSql.entries()) written(nameOf(place), hostile);
  run = await runSafely(['migrations', 'db', '--format', 'json'], { cwd: folder, within: 50 });
  text = await runSafely(['migrations', 'db'], { cwd: folder, within: 50 });
  files = (JSON.parse(run.stdout) as { readonly files: readonly PrintedFile[] }).files;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a migration with', () => {
  it.each(allSql.map((hostile, place) => ({ ...hostile, name: nameOf(place) })))('$title', (hostile) => {
    const file = files.find(({ path }) => path === pathOf(hostile.name, hostile));
    expectCase(file, hostile.name, hostile);
  });

  it.each(exhaustingSql.map((hostile, place) => ({ ...hostile, name: `alone${place}` })))(
    '$title, in a process of its own',
    async (hostile) => {
      const path = written(hostile.name, hostile);
      const alone = await runSafely(['migrations', path, '--format', 'json'], { cwd: folder });
      const [file] = (JSON.parse(alone.stdout) as { readonly files: readonly PrintedFile[] }).files;
      expectCase(file, hostile.name, hostile);
    },
  );
});

describe('all migrations together', () => {
  it('every file is accounted for', () => {
    expect(files).toHaveLength(allSql.length);
    expect(text.stdout).toContain(`${allSql.length} migrations, `);
  });
});
