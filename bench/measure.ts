import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contender, Measured, Row, RowResult } from './row.ts';

const gnuTime = '/usr/bin/time';

/** Runs the programs of a row in turn, so that what else the machine does hits all of them, and takes medians. */
export function measureRow(row: Row, rounds: number): RowResult {
  const contenders = [row.ours, ...row.others];
  const samples = contenders.map((): Measured[] => []);
  const homes = contenders.map(makeHome);
  // The first round fills the caches, of the operating system and of the programs, and is thrown away.
  for (let round = 0; round <= rounds; round += 1) {
    contenders.forEach((contender, index) => {
      const sample = runOnce(contender, homes[index] ?? makeHome());
      if (round > 0) samples[index]?.push(sample);
    });
  }
  for (const home of homes) rmSync(home, { recursive: true, force: true });
  const [ours, ...others] = samples.map(middle);
  if (!ours) throw new Error(`The row ${row.id} has nobody to measure.`);
  return { row, ours, others };
}

/** Of a person who uses one program again and again: what it keeps between runs it has. */
function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  mkdirSync(join(home, '.cache'));
  return home;
}

function runOnce(contender: Contender, home: string): Measured {
  const { name, command, parameters, folder, environment, clock } = contender;
  const memory = join(home, 'memory');
  const timed = existsSync(gnuTime);
  const started = performance.now();
  const child = spawnSync(
    timed ? gnuTime : command,
    timed ? ['-f', '%M', '-o', memory, command, ...parameters] : parameters,
    {
      ...(folder !== undefined && { cwd: folder }),
      env: { PATH: process.env.PATH ?? '', HOME: home, TMPDIR: home, NO_COLOR: '1', ...environment },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  const wall = performance.now() - started;
  const output = `${child.stdout}${child.stderr}`;
  if (child.status !== 0 && !isFinding(child.status, name))
    throw new Error(`${name} ended with ${child.status}: ${child.error?.message ?? output.slice(-2000)}`);
  const milliseconds = clock === 'process' ? wall : reported(name, child.stdout);
  // The last line is the number; before it GNU time says when a command ended with something else than 0.
  const kilobytes = timed ? Number(readFileSync(memory, 'utf8').trim().split('\n').at(-1)) : Number.NaN;
  return {
    name,
    milliseconds,
    ...(Number.isFinite(kilobytes) && { megabytes: (kilobytes * 1024) / 1e6 }),
  };
}

/** Linters end with 1 when they have something to say. */
function isFinding(status: number | null, name: string): boolean {
  return status === 1 && name.startsWith('squawk');
}

function reported(name: string, stdout: string): number {
  const { milliseconds }: { milliseconds?: unknown } = JSON.parse(
    stdout.trimEnd().split('\n').at(-1) ?? '{}',
  );
  if (typeof milliseconds !== 'number') throw new Error(`${name} printed no milliseconds: ${stdout}`);
  return milliseconds;
}

function middle(samples: readonly Measured[]): Measured {
  const [first] = samples;
  if (!first) throw new Error('A row needs at least one round.');
  const memory = samples.flatMap(({ megabytes }) => megabytes ?? []);
  return {
    name: first.name,
    milliseconds: median(samples.map(({ milliseconds }) => milliseconds)),
    ...(memory.length > 0 && { megabytes: median(memory) }),
  };
}

/** Of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
