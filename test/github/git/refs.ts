import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolveCommit } from './commits.ts';
import { git } from './run-git.ts';

/**
 * A branch's or pull request ref's commit, read from the files that git keeps it in, since a process for each would
 * make large scenarios slow.
 */
export function readRef(directory: string, ref: string): string | undefined {
  if (!isPlain(ref)) return resolveCommit(directory, ref);
  const text = contentOf(join(directory, ref)).trim();
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return text;
  if (text !== '') return resolveCommit(directory, ref);
  const packed = contentOf(join(directory, 'packed-refs'))
    .split('\n')
    .find((line) => line.endsWith(` ${ref}`));
  return packed?.split(' ')[0];
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Points a ref at a commit, whatever it was before. */
export function writeRef(directory: string, ref: string, sha: string): void {
  if (!isPlain(ref)) {
    git(directory, ['update-ref', ref, sha]);
    return;
  }
  const file = join(directory, ref);
  const temporary = join(directory, `new-ref-${process.pid}`);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, `${sha}\n`);
    renameSync(temporary, file);
  } catch {
    // A folder stands where the file should (or the other way round): git knows whether that is a mistake.
    git(directory, ['update-ref', ref, sha]);
  }
}

/** Names that are the same on disk and in git, and cannot lead out of the repository. */
function isPlain(ref: string): boolean {
  return /^refs(?:\/(?!\.)[A-Za-z0-9_.-]+(?<!\.lock))+$/.test(ref) && !ref.includes('..');
}
