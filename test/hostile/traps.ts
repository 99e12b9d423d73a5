import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Planted where a run can come by them: in the environment, in the clone's configuration, in files outside the tree. */
export const planted = {
  environment: 'ghs_plantedInTheEnvironment0123456789',
  clone: 'ghp_plantedInTheClone0123456789abcdef',
  outside: 'OUTSIDE-THE-TREE-7d1f0c2a',
} as const;

/** A folder beside a judged repository: nothing of it may be read, and nothing may be written to it. */
export interface Traps {
  readonly folder: string;
  /** A file with a secret that links may point to. */
  readonly secretFile: string;
  /** A shell command that leaves a trace under this name. */
  trip(name: string): string;
  wasTripped(name: string): boolean;
  /** Every trace, and whatever else was written. */
  traces(): readonly string[];
  remove(): void;
}

export function setTraps(): Traps {
  const folder = mkdtempSync(join(tmpdir(), 'review-vitals-traps-'));
  const canaries = join(folder, 'canaries');
  mkdirSync(canaries);
  const secretFile = join(folder, 'secret.txt');
  writeFileSync(secretFile, `${planted.outside}\n`);
  return {
    folder,
    secretFile,
    trip: (name) => `touch ${join(canaries, name)}`,
    wasTripped: (name) => existsSync(join(canaries, name)),
    traces: () => [
      ...readdirSync(canaries),
      ...readdirSync(folder).filter((name) => name !== 'canaries' && name !== 'secret.txt'),
    ],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function expectUntouched(traps: Traps): void {
  expect(traps.traces()).toEqual([]);
  expect(readFileSync(traps.secretFile, 'utf8')).toBe(`${planted.outside}\n`);
}
