import type { Change, ChangedFile } from '../../core/change.ts';
import { isNamedAfter, isTestOf } from './nearest-test.ts';
import { isSourceFile, sourceExtensions } from './source-file.ts';

/**
 * Does a change take away what the tests of a file check? So it seems when the source files that the test file is named
 * after, or those beside it, are deleted or lose more lines than they gain.
 */
export function isSubjectGone(test: string, { files }: Change): boolean {
  const extensions = sourceExtensions([test]);
  const sources = files.filter(({ path }) => isSourceFile(path, extensions));
  const named = sources.filter(({ path }) => isTestOf(test, path));
  const beside = sources.filter(({ path }) => folderOf(path) === folderOf(test));
  const isDeleted = files.some(({ path, status }) => status === 'deleted' && isNamedAfter(test, path));
  return isDeleted || shrink(named) || shrink(beside);
}

function shrink(files: readonly ChangedFile[]): boolean {
  return files.reduce((sum, { added, deleted }) => sum + lines(added) - lines(deleted), 0) < 0;
}

function lines(ranges: ChangedFile['added']): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
