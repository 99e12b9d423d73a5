import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { JudgedRepository } from '../../../src/collect/git/judged-repository.ts';
import { type OpenRepositoryOptions, openRepository } from '../../../src/collect/git/open-repository.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { isUnavailable, type Part } from '../../../src/core/part.ts';

export const people = createPeople('salt of the tests');

/** What is to be undone after a test, last first. */
export function createCleanup() {
  const steps: (() => unknown)[] = [];
  return {
    add<T extends object>(thing: T, undo: (thing: T) => unknown): T {
      steps.push(() => undo(thing));
      return thing;
    },
    folder(): string {
      const folder = mkdtempSync(join(tmpdir(), 'review-vitals-test-'));
      steps.push(() => rmSync(folder, { recursive: true, force: true }));
      return folder;
    },
    async run() {
      for (const step of steps.splice(0).reverse()) await step();
    },
  };
}

export type Cleanup = ReturnType<typeof createCleanup>;

export async function opened(
  cleanup: Cleanup,
  options: Omit<OpenRepositoryOptions, 'scratchFolder' | 'people'>,
): Promise<JudgedRepository> {
  const repository = await openRepository({ ...options, people, scratchFolder: cleanup.folder() });
  return cleanup.add(present(repository), (repo) => repo.close());
}

/** The part itself; a missing one fails the test with its reason. */
export function present<T>(part: Part<T>): T {
  if (isUnavailable(part)) throw new Error(part.unavailable);
  return part;
}

/**
 * Every entry below a folder with mode, time and content: two equal ones mean that nothing was written. The times of
 * objects are left out: git touches a borrowed object when the scratch repository computes the same one.
 */
export function fingerprintOf(folder: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  function visit(path: string): void {
    const status = lstatSync(path);
    const name = relative(folder, path);
    if (status.isDirectory()) {
      entries.set(name, `folder ${status.mode}`);
      for (const child of readdirSync(path)) visit(join(path, child));
    } else if (status.isSymbolicLink()) {
      entries.set(name, `link ${readlinkSync(path)}`);
    } else {
      const content = createHash('sha256').update(readFileSync(path)).digest('hex');
      const time = /(^|\/)objects\//.test(name) ? 'object' : status.mtimeMs;
      entries.set(name, `${status.mode} ${time} ${content}`);
    }
  }
  visit(folder);
  return entries;
}
