import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { writeCobertura, writeLcov } from './coverage-reports.ts';
import { createRepository } from './git-repository.ts';
import type { Random } from './seeded-random.ts';
import { measuredLines } from './source-files.ts';
import { writeMigrations } from './sql-migrations.ts';

/** Paths of what the rows read, and of the peers' programs. */
export interface Inputs {
  readonly event: string;
  /** Repositories with a checked-out branch `change`: 300 changed files without SQL, and with ten migrations. */
  readonly plain: string;
  readonly withSql: string;
  /** A repository with `lcov.info`, 50 MB about its files, in its work tree; `change` edits 1,000 of them. */
  readonly measured: string;
  readonly lcov: string;
  readonly cobertura: string;
  /** A tenth of their size. */
  readonly smallLcov: string;
  readonly smallCobertura: string;
  readonly migrations: string;
  readonly danger: string;
  readonly squawk: string;
}

const reportBytes = 50_000_000;

/** Of the repositories without a report. */
const small = {
  files: 1000,
  lines: (_: number, random: Random) => 40 + random(200),
  oneLineOf: 12,
};

/** Makes all inputs below a folder, from fixed seeds. */
export function makeInputs(folder: string): Inputs {
  const inputs: Inputs = {
    event: join(folder, 'event.json'),
    plain: join(folder, 'plain'),
    withSql: join(folder, 'with-sql'),
    measured: join(folder, 'measured'),
    lcov: join(folder, 'lcov.info'),
    cobertura: join(folder, 'cobertura.xml'),
    smallLcov: join(folder, 'small-lcov.info'),
    smallCobertura: join(folder, 'small-cobertura.xml'),
    migrations: join(folder, 'project'),
    danger: join(packageFolder('danger'), 'distribution/commands/danger.js'),
    squawk: squawkProgram(),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(inputs.event, '{}');
  createRepository(inputs.plain, { ...small, changed: 300, migrations: 0 });
  createRepository(inputs.withSql, { ...small, changed: 290, migrations: 10 });
  const files = writeLcov(inputs.lcov, reportBytes);
  createRepository(inputs.measured, {
    files,
    lines: measuredLines,
    changed: 1000,
    oneLineOf: 40,
    migrations: 0,
  });
  copyFileSync(inputs.lcov, join(inputs.measured, 'lcov.info'));
  writeCobertura(inputs.cobertura, reportBytes);
  writeLcov(inputs.smallLcov, reportBytes / 10);
  writeCobertura(inputs.smallCobertura, reportBytes / 10);
  writeMigrations(join(inputs.migrations, 'db/migrations'), 1000);
  return inputs;
}

function packageFolder(name: string, from: string = import.meta.url): string {
  return dirname(createRequire(from).resolve(`${name}/package.json`));
}

/** The native program itself: the package's own entry point starts Node first. */
function squawkProgram(): string {
  const platform = `@squawk-cli/${process.platform}-${process.arch}`;
  const path = join(
    packageFolder(platform, join(packageFolder('squawk-cli'), 'package.json')),
    'bin',
    process.platform === 'win32' ? 'squawk.exe' : 'squawk',
  );
  if (!existsSync(path)) throw new Error(`${path} does not exist: squawk has no program for this platform.`);
  return path;
}
