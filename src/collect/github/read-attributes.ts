import type { Change, ChangedFile } from '../../core/change.ts';
import { isUnavailable } from '../../core/part.ts';
import type { PathAttribute } from '../../core/review-facts.ts';
import { type AttributesFile, linguistAttributes } from '../../review/measure/linguist-attributes.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';

/** Folders that are looked into, those nearest to the root first: deeper attributes are rare and each costs a read. */
const mostFolders = 40;
const largestFile = 1_000_000;

/**
 * What the `.gitattributes` files of the base say of the changed paths: in the root and in the folders above each of
 * them. The head's are never read. A file that cannot be had is left out, so that its paths are judged by name.
 */
export async function readAttributes(
  repository: Pick<JudgedRepository, 'readFile'>,
  change: Pick<Change, 'mergeBase'> & { readonly files: readonly Pick<ChangedFile, 'path'>[] },
): Promise<readonly PathAttribute[]> {
  const paths = change.files.map(({ path }) => path);
  const folders = [...new Set(['', ...paths.flatMap(foldersAbove)])].toSorted(
    (a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1),
  );
  const found: AttributesFile[] = [];
  for (const folder of folders.slice(0, mostFolders)) {
    const path = folder === '' ? '.gitattributes' : `${folder}/.gitattributes`;
    const content = await repository.readFile(change.mergeBase, path, { maxBytes: largestFile });
    if (isUnavailable(content) || typeof content === 'string') continue;
    found.push({ folder, text: new TextDecoder().decode(content) });
  }
  return linguistAttributes(found, paths);
}

function foldersAbove(path: string): readonly string[] {
  const steps = path.split('/').slice(0, -1);
  return steps.map((_, i) => steps.slice(0, i + 1).join('/'));
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}
